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
  decision_import_circular: {
    'zh-CN': '决策文件循环引用（{namespace}）。',
    en: 'Decision files import each other in a circle ({namespace}).',
  },
  decision_imports_too_many: {
    'zh-CN': '被引用的决策文件超过 {importsMax} 个。',
    en: 'More than {importsMax} decision files are imported.',
  },
  decision_id_twice: {
    'zh-CN': '文件中有两个元素的标识同为“{id}”。',
    en: 'Two elements of the file have the id {id}.',
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
  decision_cases_missing: {
    'zh-CN': '决策“{decision}”没有测试表，请先写出至少一条测试。',
    en: 'The decision {decision} has no cases. Write at least one first.',
  },
  decision_cases_unchanged: {
    'zh-CN': '决策文件“{file}”已改，其测试表却没有改。',
    en: 'The decision file {file} has changed, the cases beside it have not.',
  },
  decision_row_untested: {
    'zh-CN': '没有测试命中第 {rows} 行。',
    en: 'No case reaches the row {rows}.',
  },
  decision_file_unknown: {
    'zh-CN': '该流程没有决策文件“{file}”。',
    en: 'The process has no decision file {file}.',
  },
  decision_lost: {
    'zh-CN': '流程要用的决策“{decision}”不在新文件中。',
    en: 'The process asks for the decision {decision}, which the new file does not hold.',
  },
  decision_output_lost: {
    'zh-CN': '决策“{decision}”的输出“{output}”不在新表中，流程仍要用它。',
    en: 'The new table of {decision} has no output {output}, which the process uses.',
  },
  decision_note_missing: {
    'zh-CN': '请写明修改的原因（不超过 {lengthMax} 字）。',
    en: 'Say why it is changed, in at most {lengthMax} characters.',
  },
  decision_reason_missing: {
    'zh-CN': '请写明理由（不超过 {lengthMax} 字）。',
    en: 'Give the reason, in at most {lengthMax} characters.',
  },
  decision_effective_date_past: {
    'zh-CN': '生效日期 {day} 已过，请选今天或以后的日期。',
    en: 'The effective date {day} has passed. Choose today or a later day.',
  },
  decision_version_unknown: {
    'zh-CN': '没有这个决策版本。',
    en: 'There is no such version of a decision file.',
  },
  decision_version_closed: {
    'zh-CN': '该版本已有结论（{kind}），不能再作处理。',
    en: 'This version is settled already ({kind}).',
  },
  decision_drafter_may_not_approve: {
    'zh-CN': '起草人不能审批自己的修改，须由他人审批（四眼原则）。',
    en: 'Who drafted a change may not decide on it. Another person must (four eyes).',
  },
  decision_only_drafter_withdraws: {
    'zh-CN': '只有起草人可以撤回草稿。',
    en: 'Only who drafted a version may withdraw it.',
  },
  decision_gap_not_waived: {
    'zh-CN': '该表有未覆盖的情形（{example}）。如确需生效，审批人须写明理由并承担责任。',
    en: 'The table leaves inputs open ({example}). To approve it all the same, say why and answer for it.',
  },
  what_if_too_long: {
    'zh-CN': '该期间的决策超过 {decisionsMax} 笔，请缩短期间。',
    en: 'The period holds more than {decisionsMax} decisions. Choose a shorter one.',
  },
  decision_without_answer: {
    'zh-CN': '决策“{decision}”未给出所需的值（{parts}），本次办理未执行。原因：{why}',
    en: 'The decision {decision} gives no value where one is needed ({parts}), so nothing was done. Why: {why}',
  },
  decision_no_row: {
    'zh-CN': '没有一行与输入匹配，该表也没有默认输出。',
    en: 'No row matches the inputs, and the table has no default output.',
  },
  decision_row_is_null: {
    'zh-CN': '命中的行本身就是空值。',
    en: 'The row that matched says null itself.',
  },
} as const satisfies RefusalTable;
