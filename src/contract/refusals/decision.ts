import type { RefusalTable } from './table.ts';

/** Refusals of decision: files that cannot be read or run, tables that cannot decide. */
export const decisionRefusals = {
  decision_file_unreadable: {
    'zh-CN': '该文件不是可读取的 DMN 决策文件。',
    en: 'The file is not a DMN file that can be read.',
  },
  decision_file_too_large: {
    'zh-CN': '决策文件过大，最多 {lengthMax} 个字符。',
    en: 'The decision file is longer than {lengthMax} characters.',
  },
  decision_file_too_deep: {
    'zh-CN': '决策文件嵌套过深，最多 {depthMax} 层。',
    en: 'The decision file is nested deeper than {depthMax} levels.',
  },
  decision_effective_date_invalid: {
    'zh-CN': '生效日期“{day}”不正确，请按 2026-11-21 的格式填写。',
    en: 'The effective date {day} is no day. Write it as 2026-11-21.',
  },
  decision_effective_date_twice: {
    'zh-CN': '决策“{decision}”有两个文件自同一天（{day}）起生效。',
    en: 'Two files of the decision {decision} are in force from the same day ({day}).',
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
  decision_case_failed: {
    'zh-CN': '决策“{decision}”的测试表第 {line} 行不成立：{why}。',
    en: 'The case in line {line} of the decision {decision} does not hold: {why}.',
  },
  decision_case_cell_invalid: {
    'zh-CN': '测试表第 {line} 行的单元格“{text}”有误。',
    en: 'The cell {text} in line {line} of the cases cannot be read.',
  },
  decision_rows_conflict: {
    'zh-CN': '第 {rows} 行同时匹配，命中策略不允许。',
    en: 'The rows {rows} match at once, which the hit policy does not allow.',
  },
  decision_input_not_allowed: {
    'zh-CN': '输入值不在允许范围内（{found}）。',
    en: 'An input is not one of the values allowed (a {found}).',
  },
  decision_gap: {
    'zh-CN': '有输入未被任何一行覆盖，例如：{example}。',
    en: 'No row covers these inputs: {example}.',
  },
  decision_overlap: {
    'zh-CN': '第 {rows} 行同时匹配，而命中策略为 UNIQUE，例如：{example}。',
    en: 'The rows {rows} match at once though the hit policy is UNIQUE, as with {example}.',
  },
  decision_conflict: {
    'zh-CN': '第 {rows} 行同时匹配但输出不同，而命中策略为 ANY，例如：{example}。',
    en: 'The rows {rows} match at once with different outputs, as with {example}.',
  },
  decision_row_masked: {
    'zh-CN': '第 {rows} 行：前一行号永远不会命中，其情形已被在先的行全部覆盖，例如：{example}。',
    en: 'Of the rows {rows} the first is never chosen: rows before it cover it, as with {example}.',
  },
  decision_row_unreachable: {
    'zh-CN': '第 {rows} 行不可能匹配任何输入。',
    en: 'No input can match the row {rows}.',
  },
  decision_cell_type: {
    'zh-CN': '第 {rows} 行“{input}”列应为 {type}，实际为 {found}。',
    en: 'In the row {rows} the cell under {input} must be a {type}, not a {found}.',
  },
  decision_output_type: {
    'zh-CN': '第 {rows} 行输出“{output}”应为 {type}，实际为 {found}。',
    en: 'In the row {rows} the output {output} must be a {type}, not a {found}.',
  },
  decision_output_not_listed: {
    'zh-CN': '第 {rows} 行输出“{output}”不在允许值之内。',
    en: 'In the row {rows} the output {output} is not one of its allowed values.',
  },
  decision_default_missing: {
    'zh-CN': '该表有未覆盖的情形，又没有默认输出。',
    en: 'The table leaves cases open and has no default output.',
  },
  decision_priority_missing: {
    'zh-CN': '按优先级取值的表须列出输出值的先后顺序。',
    en: 'A table that goes by priority must list its output values in order.',
  },
  decision_coverage_unproven: {
    'zh-CN': '无法证明该表覆盖全部情形（{example}）。',
    en: 'It cannot be proven that the table covers every case ({example}).',
  },
} as const satisfies RefusalTable;
