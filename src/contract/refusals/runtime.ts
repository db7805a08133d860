import type { RefusalTable } from './table.ts';

/** Refusals of the runtime: cases, tasks, forms, deployment, command keys. */
export const runtimeRefusals = {
  key_too_old: {
    'zh-CN':
      '该防重键早于系统保留的期限，无法确认是否已办理，本次未执行。请先查询，再用新的防重键提交。',
    en: 'This idempotency key is older than the kept window, so nobody can say whether it was carried out; nothing was done. Look first, then send with a new key.',
  },
  key_from_future: {
    'zh-CN': '防重键的时间晚于系统时间，请校准终端时钟后重试。',
    en: 'The idempotency key was made later than now. Set the clock of the terminal right and try again.',
  },
  task_unknown: {
    'zh-CN': '没有这项任务，请刷新任务列表。',
    en: 'There is no such task. Refresh the task list.',
  },
  task_not_open: {
    'zh-CN': '任务“{task}”已结束（{status}），未重复办理。',
    en: 'The task {task} has ended ({status}); nothing was done a second time.',
  },
  task_not_claimed: {
    'zh-CN': '任务“{task}”尚未认领，请先认领再提交。',
    en: 'The task {task} has not been claimed. Claim it before submitting.',
  },
  task_held_by_another: {
    'zh-CN': '任务“{task}”已由他人认领。',
    en: 'The task {task} is held by somebody else.',
  },
  task_not_yours: {
    'zh-CN': '任务“{task}”不在您手中，不能由您办理。',
    en: 'The task {task} is not in your hands, so you cannot act on it.',
  },
  not_a_candidate: {
    'zh-CN': '您的岗位或机构不能办理任务“{task}”。',
    en: 'Your position or unit does not allow you to do the task {task}.',
  },
  customer_presence_missing: {
    'zh-CN': '“{task}”是客户的任务。代客户办理须客户本人在场，请确认客户在场后再办理。',
    en: '{task} is the customer’s task. It is filled in for a customer only while the customer is present; confirm that first.',
  },
  must_be_another_person: {
    'zh-CN': '您已在本笔业务中办理“{done}”，按不相容岗位要求，“{task}”须由他人办理。',
    en: 'You did {done} in this case, so {task} must be done by another person (segregation of duties).',
  },
  task_requires: {
    'zh-CN': '办理“{task}”前须先具备“{fact}”，本笔业务尚未具备。',
    en: '{task} may only be done once {fact} is given, and in this case it is not.',
  },
  signed_facts_changed: {
    'zh-CN':
      '“{task}”所签事实在锁定后已被改动，原签字作废。请选择“要求重签”，重新锁定后双方再签；也可退回。',
    en: 'The facts that {task} signs were changed after they were fixed. Choose “Sign anew”, so that they are fixed again and both sign again, or return the case.',
  },
  return_reason_missing: {
    'zh-CN': '退回须写明原因（不超过 {lengthMax} 字）。',
    en: 'A return needs a reason of at most {lengthMax} characters.',
  },
  return_target_missing: {
    'zh-CN': '“{task}”之前没有可退回的环节。',
    en: 'There is no earlier step that {task} could be returned to.',
  },
  case_unknown: {
    'zh-CN': '没有业务编号 {caseNumber}。',
    en: 'There is no case {caseNumber}.',
  },
  case_not_active: {
    'zh-CN': '该笔业务不在办理中（{status}），不能再操作。',
    en: 'The case is not in progress ({status}); nothing more can be done in it.',
  },
  case_without_customer: {
    'zh-CN': '环节“{element}”须由客户办理，但本笔业务没有客户号。请在发起时填写客户号。',
    en: 'The customer does {element}, but this case has no customer. Give the customer number when starting it.',
  },
  not_the_applicant: {
    'zh-CN': '只有申请人或发起人可以撤回业务 {caseNumber}。',
    en: 'Only the applicant or the initiator may withdraw the case {caseNumber}.',
  },
  case_not_withdrawable: {
    'zh-CN': '业务 {caseNumber} 所属流程不允许撤回。',
    en: 'The process of the case {caseNumber} does not allow it to be withdrawn.',
  },
  case_decided_already: {
    'zh-CN': '业务 {caseNumber} 已进入审批决定之后的环节，不能撤回。',
    en: 'The case {caseNumber} has been decided; it can no longer be withdrawn.',
  },
  message_not_awaited: {
    'zh-CN': '没有业务在等待消息“{messageName}”（{correlation}），可能已经收到过。',
    en: 'No case waits for the message {messageName} ({correlation}); it may have come already.',
  },
  process_not_deployed: {
    'zh-CN': '没有已部署的流程 {process}。',
    en: 'No process {process} has been deployed.',
  },
  process_only_called: {
    'zh-CN': '流程 {process} 只能由其他流程调用，不能单独发起。',
    en: 'The process {process} is only called by others; it cannot be started as a case of its own.',
  },
  called_process_missing: {
    'zh-CN': '环节“{element}”调用的流程 {process} 尚未部署。请先部署该流程。',
    en: '{element} calls the process {process}, which has not been deployed. Deploy it first.',
  },
  calls_too_deep: {
    'zh-CN': '环节“{element}”的流程调用层数过多，疑似循环调用。',
    en: 'Processes call each other too deeply at {element}; they probably call in a circle.',
  },
  process_runs_in_circle: {
    'zh-CN': '流程一次操作超过 {stepsMax} 步仍未停下，疑似死循环，本次操作未生效。',
    en: 'One action took more than {stepsMax} steps without reaching a wait: the model runs in a circle. Nothing was done.',
  },
  process_failed: {
    'zh-CN': '流程中出现未处理的错误（{errorCode}），本次操作未生效。',
    en: 'The process raised an error that nothing in it handles ({errorCode}). Nothing was done.',
  },
  task_without_role: {
    'zh-CN': '人工任务“{element}”所在泳道没有角色，无人可以办理。请在模型中补充角色。',
    en: 'No lane gives the user task {element} a role, so nobody could do it. Name one in the model.',
  },
  task_without_unit: {
    'zh-CN': '机构树中没有环节“{element}”所要求的机构。',
    en: "The bank's tree has no unit of the kind that {element} asks for.",
  },
  duration_not_valid: {
    'zh-CN': '“{element}”的时限 {duration} 不是有效的 ISO 8601 时长（如 P2D）。',
    en: 'The time limit {duration} of {element} is not an ISO 8601 duration above zero, such as P2D.',
  },
  form_missing: {
    'zh-CN': '环节“{element}”引用的表单 {form} 不在流程目录中。',
    en: "{element} names the form {form}, which is not in the process's folder.",
  },
  form_not_valid: {
    'zh-CN': '表单 {form} 不符合表单格式。',
    en: 'The form {form} does not have the shape of a form.',
  },
  form_component_not_allowed: {
    'zh-CN': '表单 {form} 含有不允许的组件（{type}）。',
    en: 'The form {form} holds a component that is not allowed ({type}).',
  },
  field_not_in_form: {
    'zh-CN': '表单 {form} 没有字段“{field}”，提交未受理。',
    en: 'The form {form} has no field {field}; nothing was submitted.',
  },
  start_value_not_allowed: {
    'zh-CN': '发起业务时不能直接填写“{field}”，请在相应环节的表单中填写。',
    en: 'The value {field} cannot be set when the case is started. It is filled in with the form of its step.',
  },
  field_missing: {
    'zh-CN': '必填项“{field}”未填写。',
    en: 'The field {field} is required and empty.',
  },
  field_not_valid: {
    'zh-CN': '“{field}”的内容不符合要求，请更正。',
    en: 'What stands in {field} is not allowed there. Correct it.',
  },
  decision_missing: {
    'zh-CN': '环节“{element}”引用的决策 {decision} 不在流程目录的决策表中。',
    en: "{element} names the decision {decision}, which no table in the process's folder holds.",
  },
  operation_missing: {
    'zh-CN': '服务任务“{element}”没有指定服务操作。',
    en: 'The service task {element} names no operation.',
  },
  operation_unknown: {
    'zh-CN': '环节“{element}”引用的服务操作 {operation} 不存在。',
    en: '{element} names the operation {operation}, which does not exist.',
  },
  script_not_supported: {
    'zh-CN': '脚本任务“{element}”使用了不支持的脚本语言，只支持 FEEL。',
    en: 'The script task {element} is written in a language other than FEEL, the only one carried out.',
  },
  start_unit_missing: {
    'zh-CN': '流程由定时器 {element} 自行启动，须以 startUnit 写明归属机构。',
    en: 'The process begins by the timer {element}, so it must say with startUnit for which unit.',
  },
  model_unsound: {
    'zh-CN':
      '流程模型存在缺陷（{property}，元素 {element}）：{way}。请先修改；确需部署的，须由具名人员豁免并说明理由。',
    en: 'The model can go wrong ({property}, at {element}): {way}. Mend it; to deploy it all the same, a named person must waive this and say why.',
  },
  waiver_reason_missing: {
    'zh-CN': '豁免须写明理由（不超过 {lengthMax} 字）。',
    en: 'A waiver needs a reason of at most {lengthMax} characters.',
  },
  waiver_without_person: {
    'zh-CN': '豁免须由具名人员作出，系统自身不能豁免。',
    en: 'A waiver is given by a named person; the machine cannot give one.',
  },
  process_folder_unknown: {
    'zh-CN': '目录 {folder} 不存在或没有 process.bpmn。',
    en: 'The folder {folder} does not exist or holds no process.bpmn.',
  },
  process_file_too_large: {
    'zh-CN': '文件 {file} 超过上限（{bytesMax} 字节）。',
    en: 'The file {file} is larger than {bytesMax} bytes.',
  },
  facts_missing: {
    'zh-CN': '环节“{element}”没有说明要锁定哪些事实（facts、result）。',
    en: '{element} does not say which facts to fix and where to keep their hash (facts, result).',
  },
  books_not_open: {
    'zh-CN': '账套尚未启用，不能办理涉及账务的业务。',
    en: 'The books have not been opened yet, so nothing that touches them can be done.',
  },
  unit_without_book: {
    'zh-CN': '机构 {unit} 没有账套，不能记账。',
    en: 'The unit {unit} has no book to post in.',
  },
  lease_lost: {
    'zh-CN': '后台作业的租约已被其他进程取得，由其继续办理。',
    en: 'Another worker holds the lease of this job by now and goes on with it.',
  },
} as const satisfies RefusalTable;
