import type { RefusalTable } from './table.ts';

/** Refusals of what people do with a task besides claiming and submitting it. */
export const taskCommandRefusals = {
  task_reason_missing: {
    'zh-CN': '须写明原因，且不超过 {lengthMax} 字。',
    en: 'Give a reason of at most {lengthMax} characters.',
  },
  task_is_delegated: {
    'zh-CN': '任务“{task}”正在委派中：受托人准备后交回，由委派人提交；委派人也可取回。',
    en: '{task} is delegated: the delegate prepares it and hands it back, its owner submits it or takes it back.',
  },
  task_not_delegated: {
    'zh-CN': '任务“{task}”没有委派，无须交回。',
    en: '{task} is not delegated, so there is nobody to hand it back to.',
  },
  task_not_submitted: {
    'zh-CN': '任务“{task}”尚未提交，无须取回。',
    en: '{task} has not been submitted, so there is nothing to recall.',
  },
  task_of_customer: {
    'zh-CN': '任务“{task}”由客户办理，不能转交他人，也不能加签、抄送。',
    en: '{task} is for the customer; it cannot be given to others, signed by others or copied.',
  },
  task_named_by_model: {
    'zh-CN': '任务“{task}”由流程指定到人（如审贷会委员），不能转办或委派。',
    en: 'The process names who does {task} (such as a committee member), so nobody else can.',
  },
  person_not_candidate: {
    'zh-CN': '不能选择 {login}：没有该同事、是您本人，或其岗位、机构不符合“{task}”的要求。',
    en: '{login} cannot be chosen for {task}: no such colleague, yourself, or without a seat it asks for.',
  },
  person_kept_apart: {
    'zh-CN': '{login} 已在本笔业务中办理“{done}”，按不相容岗位要求，不能参与“{task}”。',
    en: '{login} did {done} in this case, so must have no part in {task} (segregation of duties).',
  },
  signer_may_not: {
    'zh-CN': '加签人只对“{task}”签署意见，不能转办、委派、退回、加签或放弃。',
    en: 'An added signer gives an opinion on {task} and can do nothing else with it.',
  },
  signer_already: {
    'zh-CN': '{login} 已在“{task}”的签署人之中。',
    en: '{login} signs {task} already.',
  },
  signers_too_many: {
    'zh-CN': '一项任务最多同时加签 {signersMax} 人。',
    en: 'At most {signersMax} signers can be added to a task at a time.',
  },
  signers_fixed: {
    'zh-CN': '“{task}”的办理人由流程确定（如密封表决），不能并加签。',
    en: 'Who takes part in {task} is fixed by the process (such as a sealed vote); nobody can be added beside.',
  },
  signer_after_posts: {
    'zh-CN': '“{task}”提交即记账或生效，不能后加签，请改用前加签。',
    en: 'Submitting {task} posts or takes effect at once, so nobody can sign after it. Let them sign before.',
  },
  signer_unknown: {
    'zh-CN': '{login} 不是“{task}”的加签人。流程确定的办理人不能减签。',
    en: '{login} is no added signer of {task}. Those whom the process names cannot be removed.',
  },
  signer_has_signed: {
    'zh-CN': '{login} 对“{task}”已签署意见，不能减签。',
    en: '{login} has signed {task} already and cannot be removed.',
  },
  recall_opened: {
    'zh-CN': '“{task}”之后的任务已有人查看，不能再取回。请联系对方退回。',
    en: 'Somebody has opened what followed {task}, so it can no longer be recalled. Ask them to return it.',
  },
  urge_own_task: {
    'zh-CN': '任务“{task}”就在您手中，无须催办。',
    en: '{task} is in your own hands; there is nobody to urge.',
  },
  urged_too_often: {
    'zh-CN': '您刚催办过“{task}”，请 {minutes} 分钟后再催。',
    en: 'You urged {task} a while ago. Wait {minutes} minutes before urging again.',
  },
  not_a_participant: {
    'zh-CN': '只有参与过业务 {caseNumber} 的人员可以催办。',
    en: 'Only somebody with a part in the case {caseNumber} may urge.',
  },
  copies_too_many: {
    'zh-CN': '一次最多抄送 {copiesMax} 人。',
    en: 'At most {copiesMax} colleagues can be copied at a time.',
  },
  not_a_terminator: {
    'zh-CN': '您的岗位无权终止业务 {caseNumber}。',
    en: 'Your seat does not allow you to terminate the case {caseNumber}.',
  },
  terminate_over_posting: {
    'zh-CN': '环节“{element}”已记账且流程没有规定冲销办法，不能终止。',
    en: '{element} has posted money and the process does not say how to undo it, so the case cannot be terminated.',
  },
} as const satisfies RefusalTable;
