import type { RefusalTable } from './table.ts';

/** Refusals of the kernel: reading and compiling a model, and each command to an instance. */
export const kernelRefusals = {
  xml_too_long: {
    'zh-CN': '流程文件过大，最多 {max} 个字符。',
    en: 'The model is too large: at most {max} characters.',
  },
  xml_too_deep: {
    'zh-CN': '流程文件的元素嵌套过深，最多 {max} 层。',
    en: 'The elements of the model stand too deep inside each other: at most {max} levels.',
  },
  xml_encoding_unknown: {
    'zh-CN': '流程文件声明的编码 {encoding} 不受支持，请另存为 UTF-8。',
    en: 'The file says its encoding is {encoding}, which is not known here. Save it as UTF-8.',
  },
  xml_encoding_wrong: {
    'zh-CN': '流程文件的内容与其编码 {encoding} 不符，请另存为 UTF-8。',
    en: 'The bytes of the file are not {encoding}, as it says. Save it as UTF-8.',
  },
  xml_unreadable: {
    'zh-CN': '无法读取流程文件：{reason}。',
    en: 'The file is not a readable BPMN model: {reason}.',
  },
  process_unknown: {
    'zh-CN': '流程文件中没有可执行的流程 {process}。',
    en: 'The model holds no process {process} that can be run.',
  },
  model_rejected: {
    'zh-CN': '流程模型不合规则 {rule}（元素 {element}）：{message}',
    en: 'The model breaks rule {rule} at element {element}: {message}',
  },
  expression_invalid: {
    'zh-CN': '表达式“{text}”不是正确的 FEEL 表达式。',
    en: 'The expression {text} is not valid FEEL.',
  },
  instance_already_started: {
    'zh-CN': '该流程实例已经启动。',
    en: 'This instance has already been started.',
  },
  instance_not_active: {
    'zh-CN': '该流程已经结束。',
    en: 'This instance is no longer running.',
  },
  start_element_unknown: {
    'zh-CN': '流程不能从该处启动。',
    en: 'The process cannot begin there.',
  },
  activity_not_active: {
    'zh-CN': '该任务已经完成或被取消。',
    en: 'This task has already been completed or cancelled.',
  },
  timer_not_active: {
    'zh-CN': '该定时器已不再等待。',
    en: 'This timer is no longer waited for.',
  },
  subscription_not_active: {
    'zh-CN': '流程已不再等待该消息。',
    en: 'The instance no longer waits for this message.',
  },
  ad_hoc_element_unknown: {
    'zh-CN': '此处不能启动元素 {element}。',
    en: 'The element {element} cannot be performed here.',
  },
  return_target_unknown: {
    'zh-CN': '不能退回到该步骤。',
    en: 'The case cannot be returned to that step.',
  },
  return_target_not_passed: {
    'zh-CN': '步骤 {element} 不在当前步骤之前，不能退回。',
    en: 'Step {element} does not come before the present one, so nothing can go back to it.',
  },
  return_over_final_step: {
    'zh-CN': '步骤 {element} 已办理且不可撤销，不能退回或撤回。',
    en: 'Step {element} cannot be undone, so the case can neither go back over it nor be withdrawn.',
  },
  signer_may_not_return: {
    'zh-CN': '加签人只签署意见，不能退回“{element}”。',
    en: 'An added signer only gives an opinion; the return of {element} is for its holder.',
  },
  straight_back_not_possible: {
    'zh-CN': '退回会结束或冲销“{element}”，须重新办理，不能直送退回人，请改为逐级重走。',
    en: 'The return ends or reverses {element}, which must be done again, so it cannot come straight back. Let all steps be walked again.',
  },
  recall_too_late: {
    'zh-CN': '“{element}”之后的环节已经办理，不能再取回。',
    en: 'What followed {element} has gone on, so it can no longer be recalled.',
  },
  recall_not_possible: {
    'zh-CN':
      '“{element}”提交后的事项无法撤销（如多人会签、已结束的子流程、已发出的消息），不能取回。',
    en: 'What followed {element} cannot be taken back (a joint signing, a process that has ended, a message that was sent).',
  },
  signers_pending: {
    'zh-CN': '“{element}”的加签尚未办完，请等加签人办理或先减签。',
    en: 'Added signers are still at work on {element}. Wait for them or remove them.',
  },
  children_fixed: {
    'zh-CN': '此处不能加签或减签。',
    en: 'Nobody can be added to or taken from this step.',
  },
  no_flow_taken: {
    'zh-CN': '元素 {element} 之后没有任何一条路径的条件成立。',
    en: 'No condition holds on any way on from {element}.',
  },
  condition_not_boolean: {
    'zh-CN': '元素 {element} 的条件“{expression}”的结果不是“是”或“否”。',
    en: 'The condition {expression} at {element} is neither true nor false.',
  },
  collection_not_list: {
    'zh-CN': '元素 {element} 的集合“{expression}”不是列表。',
    en: 'The collection {expression} at {element} is not a list.',
  },
  loop_count_invalid: {
    'zh-CN': '元素 {element} 的次数“{expression}”不是非负整数。',
    en: 'The count {expression} at {element} is not a whole number of 0 or more.',
  },
  timer_value_invalid: {
    'zh-CN': '元素 {element} 的时间“{expression}”不是正确的日期、时长或周期。',
    en: 'The time {expression} at {element} is no date, duration or cycle.',
  },
  step_limit_reached: {
    'zh-CN': '流程在一次操作中超过 {turns} 步仍未停下，请检查模型中的循环。',
    en: 'The instance did not come to rest within {turns} turns. Look for a loop in its model.',
  },
} as const satisfies RefusalTable;
