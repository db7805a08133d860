import type { RefusalTable } from './table.ts';

/** Refusals of decision: files that cannot be read or run, tables that cannot decide. */
export const decisionRefusals = {
  decision_file_unreadable: {
    'zh-CN': '该文件不是可读取的 DMN 决策文件。',
    en: 'The file is not a DMN file that can be read.',
  },
  decision_import_missing: {
    'zh-CN': '缺少被引用的决策文件（{namespace}）。',
    en: 'The imported decision file {namespace} is missing.',
  },
  decision_expression_invalid: {
    'zh-CN': '决策“{decision}”中 {id} 处的表达式“{text}”有误：第 {at} 个字符处不应出现“{found}”。',
    en: 'In the decision {decision}, the expression {text} at {id} cannot be read: {found} is not expected at character {at}.',
  },
  decision_type_invalid: {
    'zh-CN': '类型“{type}”的允许值“{text}”有误。',
    en: 'The allowed values {text} of the type {type} cannot be read.',
  },
  decision_requirement_missing: {
    'zh-CN': '“{owner}”所需的“{id}”不存在。',
    en: 'The decision {owner} requires {id}, which does not exist.',
  },
  decision_requirement_circular: {
    'zh-CN': '“{id}”直接或间接依赖自身。',
    en: 'The decision {id} requires itself, directly or through others.',
  },
  decision_unknown: {
    'zh-CN': '没有名为“{decision}”的决策。',
    en: 'There is no decision {decision}.',
  },
  decision_rows_conflict: {
    'zh-CN': '第 {rows} 行同时匹配，命中策略不允许。',
    en: 'The rows {rows} match at once, which the hit policy does not allow.',
  },
  decision_input_not_allowed: {
    'zh-CN': '输入值不在允许范围内（{found}）。',
    en: 'An input is not one of the values allowed (a {found}).',
  },
} as const satisfies RefusalTable;
