import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok, type Result } from '../../base/result.ts';
import { uuidV7 } from '../../base/uuid.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { type Actor, systemActor } from '../actor.ts';
import { askOracle } from '../oracle.ts';
import { customer, processXml, seededRandom, type TestBank, testBank } from '../testing.ts';
import { handsOn, openStaff } from './testing.ts';

/** One yuan from one account of the sub-branch to another. */
function posting(name: string, debit: string, credit: string): ServiceOperation {
  const money = { amountMinor: 100n, currency: 'CNY' };
  const accounts = {
    debit: { unitId: '0101', glCode: debit },
    credit: { unitId: '0101', glCode: credit },
  };
  const transfers = [{ ...accounts, ...money }];
  return {
    name,
    needs: () => ({}),
    decide: () =>
      ok({ values: {}, postings: [{ narrative: name, transfers, memoranda: [] }], records: [] }),
  };
}
const operations = [posting('test.pay', '1001', '6011'), posting('test.undo', '6011', '1001')];

const startEnd = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>';
const task = (id: string, attributes = '') =>
  `<bpmn:userTask id="${id}" huiliu:form="any.form.json" ${attributes}/>`;
const clerks = (nodes: string) => ({ role: 'clerk', unit: 'own', nodes: `start end ${nodes}` });
const reviewers = (nodes: string) => ({ role: 'reviewer', unit: 'own', nodes });

const line = processXml({
  id: 'line',
  lanes: [clerks('enter decide'), reviewers('review')],
  nodes: `${startEnd}${task('enter')}${task('review')}${task('decide')}`,
  flows: ['start > enter > review > decide > end'],
});
const branches = processXml({
  id: 'branches',
  lanes: [clerks('enter f one two j decide')],
  nodes: `${startEnd}${task('enter')}<bpmn:parallelGateway id="f"/>${task('one')}${task('two')}
    <bpmn:parallelGateway id="j"/>${task('decide')}`,
  flows: ['start > enter > f > one > j > decide > end', 'f > two > j'],
});
const undo = `<bpmn:boundaryEvent id="ce" attachedToRef="pay"><bpmn:compensateEventDefinition
  id="cd"/></bpmn:boundaryEvent><bpmn:serviceTask id="undo" isForCompensation="true"
  huiliu:operation="test.undo"/><bpmn:association id="as" associationDirection="One"
  sourceRef="ce" targetRef="undo"/>`;
/** enter, pay (posts; its reversal is modelled or not), check. */
const paying = (id: string, compensated: boolean) =>
  processXml({
    id,
    lanes: [clerks(`enter pay check${compensated ? ' undo ce' : ''}`)],
    nodes: `${startEnd}${task('enter')}${task('pay', 'huiliu:operation="test.pay"')}${task('check')}
      ${compensated ? undo : ''}`,
    flows: ['start > enter > pay > check > end'],
  });
/** enter, a called process (called, which may post), after. */
const calling = (id: string, called: string) =>
  processXml({
    id,
    lanes: [clerks('enter call after')],
    nodes: `${startEnd}${task('enter')}<bpmn:callActivity id="call" calledElement="${called}"/>
      ${task('after')}`,
    flows: ['start > enter > call > after > end'],
  });
const called = (id: string, attributes: string) =>
  processXml({
    id,
    attributes: 'huiliu:casePrefix=""',
    lanes: [clerks('inner later')],
    nodes: `${startEnd}${task('inner', attributes)}${task('later')}`,
    flows: ['start > inner > later > end'],
  });

let bank: TestBank;
let by: (login: string) => Actor;
let hands: ReturnType<typeof handsOn>;

beforeAll(async () => {
  bank = await testBank({ operations: new Map(operations.map((one) => [one.name, one])) });
  by = await openStaff(bank);
  hands = handsOn(bank, by);
  for (const xml of [line, branches, paying('final', false), paying('undone', true)]) {
    await bank.deploy(xml);
  }
  await bank.deploy(called('quiet', ''));
  await bank.deploy(called('posts', 'huiliu:operation="test.pay"'));
  await bank.deploy(calling('calls_quiet', 'quiet'));
  await bank.deploy(calling('calls_posts', 'posts'));
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

const codeOf = (result: Result<object>) => (result.ok ? 'ok' : result.code);

type To = 'previous' | 'initiator' | { readonly activity: string };

async function back(caseNumber: string, from: string, login: string, to: To, straightBack = false) {
  const taskId = await hands.claim(caseNumber, from, login);
  const order = { actor: by(login), taskId, to, reason: '材料不全', straightBack };
  return codeOf(await bank.runtime.returnTask(order));
}

/** A case in which these were done, by one clerk and one reviewer. */
async function standsAfter(processId: string, done: readonly string[]): Promise<string> {
  const caseNumber = await hands.start(processId, 'chen.one');
  for (const activity of done) {
    await hands.done(caseNumber, activity, activity === 'review' ? 'zhao.review' : 'chen.one');
  }
  return caseNumber;
}

async function cash(): Promise<bigint> {
  const [row] = await bank.database.query<{ balance: bigint }>(
    `select coalesce(sum(b.balance_minor), 0)::int8 as balance from account a
       join account_balance b using (cell_id, account_id) where a.gl_code = '1001'`,
  );
  return row?.balance ?? 0n;
}

describe('return (退回)', () => {
  test('the step is given to who did it before, with the reason', async () => {
    const caseNumber = await standsAfter('line', ['enter', 'review']);
    expect(await back(caseNumber, 'decide', 'li.clerk', 'previous')).toBe('ok');
    expect(await hands.standing(caseNumber)).toEqual(['review@zhao.review']);
    const taskId = await hands.open(caseNumber, 'review');
    const { acts } = await bank.runtime.taskMarks([taskId]);
    expect(acts).toMatchObject([
      { kind: 'task_returned', login: 'li.clerk', reason: '材料不全', to_task_id: taskId },
    ]);
    const kinds = (await bank.runtime.caseEvents(caseNumber)).map((event) => event.kind);
    expect(kinds.filter((kind) => kind === 'activity_scheduled')).toHaveLength(4);
  });

  test('straight back it is again the returner who has it', async () => {
    const caseNumber = await standsAfter('line', ['enter', 'review']);
    expect(await back(caseNumber, 'decide', 'li.clerk', 'initiator', true)).toBe('ok');
    expect(await hands.standing(caseNumber)).toEqual(['enter@chen.one']);
    await hands.done(caseNumber, 'enter', 'chen.one');
    expect(await hands.standing(caseNumber)).toEqual(['decide@li.clerk']);
    await hands.done(caseNumber, 'decide', 'li.clerk');
    expect(await bank.runtime.viewCase(caseNumber)).toMatchObject({ value: { outcome: 'done' } });
  });

  test.each([
    // straight back, what stands afterwards
    [false, ['enter@chen.one']],
    [true, ['enter@chen.one', 'two']],
  ])('from one of two branches, straight back %s', async (straightBack, standing) => {
    const caseNumber = await standsAfter('branches', ['enter']);
    expect(await back(caseNumber, 'one', 'li.clerk', 'previous', straightBack)).toBe('ok');
    expect(await hands.standing(caseNumber)).toEqual(standing);
  });

  test('over a posting it is refused; with a compensation money is back in the same commit', async () => {
    const before = await cash();
    const final = await standsAfter('final', ['enter', 'pay']);
    expect(await back(final, 'check', 'li.clerk', 'initiator')).toBe('return_over_final_step');
    expect(await cash()).toBe(before + 100n);
    const undone = await standsAfter('undone', ['enter', 'pay']);
    expect(await cash()).toBe(before + 200n);
    expect(await back(undone, 'check', 'li.clerk', 'initiator', true)).toBe(
      'straight_back_not_possible',
    );
    expect(await back(undone, 'check', 'li.clerk', 'initiator')).toBe('ok');
    expect(await cash()).toBe(before + 100n);
    expect(await hands.standing(undone)).toEqual(['enter@chen.one']);
    await hands.done(undone, 'enter', 'chen.one');
    await hands.done(undone, 'pay', 'chen.one');
    expect(await cash()).toBe(before + 200n);
  });

  test.each([
    // process, done, from, to, outcome, what stands
    ['calls_quiet', ['enter', 'inner'], 'later', 'initiator', 'ok', ['enter@chen.one']],
    ['calls_quiet', ['enter', 'inner'], 'later', 'previous', 'ok', ['inner@chen.one']],
    ['calls_quiet', ['enter', 'inner', 'later'], 'after', 'previous', 'ok', ['inner']],
    ['calls_posts', ['enter', 'inner'], 'later', 'initiator', 'return_over_final_step', null],
    [
      'calls_posts',
      ['enter', 'inner', 'later'],
      'after',
      'initiator',
      'return_over_final_step',
      null,
    ],
  ] as const)('%s after %o, %s to %s: %s', async (processId, done, from, to, code, standing) => {
    const caseNumber = await standsAfter(processId, done);
    expect(await back(caseNumber, from, 'chen.one', to)).toBe(code);
    if (standing !== null) expect(await hands.standing(caseNumber)).toEqual(standing);
  });

  test('out of a called process nothing comes straight back', async () => {
    const caseNumber = await standsAfter('calls_quiet', ['enter', 'inner']);
    expect(await back(caseNumber, 'later', 'chen.one', { activity: 'enter' }, true)).toBe(
      'straight_back_not_possible',
    );
  });
});

describe('recall (取回)', () => {
  const recall = (taskId: string, login = 'chen.one', key?: string) =>
    bank.runtime.recallTask({ actor: by(login), taskId, reason: '填错', key });

  test('what was submitted is in the same hands again', async () => {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.done(caseNumber, 'enter', 'chen.one');
    const key = uuidV7(bank.clock.now, seededRandom('recall')(10));
    const first = await recall(taskId, 'chen.one', key);
    expect(first).toMatchObject({ ok: true, value: { status: 'reserved' } });
    expect(await recall(taskId, 'chen.one', key)).toEqual(first);
    expect(await hands.standing(caseNumber)).toEqual(['enter@chen.one']);
    await hands.done(caseNumber, 'enter', 'chen.one');
    expect(await hands.standing(caseNumber)).toEqual(['review']);
  });

  test.each([
    // what the next one does, outcome
    ['claims', 'recall_too_late'],
    ['opens', 'recall_opened'],
    ['completes', 'recall_too_late'],
  ])('once the next person %s: %s', async (what, code) => {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.done(caseNumber, 'enter', 'chen.one');
    if (what === 'claims') await hands.claim(caseNumber, 'review', 'zhao.review');
    if (what === 'completes') await hands.done(caseNumber, 'review', 'zhao.review');
    if (what === 'opens') {
      const next = await hands.open(caseNumber, 'review');
      await bank.runtime.viewTask({ actor: by('zhao.review'), taskId: next });
    }
    expect(codeOf(await recall(taskId))).toBe(code);
  });

  test('whoever submitted may look; a stranger recalls nothing', async () => {
    const caseNumber = await hands.start('branches', 'chen.one');
    const taskId = await hands.done(caseNumber, 'enter', 'chen.one');
    const own = await hands.open(caseNumber, 'one');
    await bank.runtime.viewTask({ actor: by('chen.two'), taskId: own });
    expect(codeOf(await recall(taskId, 'li.clerk'))).toBe('task_not_yours');
    expect(codeOf(await recall(own))).toBe('task_not_yours');
    expect(codeOf(await recall(taskId, 'chen.two'))).toBe('ok');
    expect(await hands.standing(caseNumber)).toEqual(['enter@chen.two']);
  });

  test.each([
    ['one', 'two', ['one@chen.one', 'two']],
    ['two', 'one', ['two@chen.one']],
  ] as const)('%s is recalled, the other branch stands', async (mine, other, standing) => {
    const caseNumber = await standsAfter('branches', ['enter']);
    if (mine === 'two') await hands.done(caseNumber, other, 'li.clerk');
    const taskId = await hands.done(caseNumber, mine, 'chen.one');
    expect(codeOf(await recall(taskId))).toBe('ok');
    expect(await hands.standing(caseNumber)).toEqual(standing);
  });

  test.each([
    ['final', ['enter'], 'pay', 'return_over_final_step'],
    ['undone', ['enter'], 'pay', 'return_over_final_step'],
    ['calls_quiet', [], 'enter', 'ok'],
    ['calls_quiet', ['enter', 'inner'], 'later', 'case_not_active'],
  ] as const)('%s after %o: %s gives %s', async (processId, done, last, code) => {
    const caseNumber = await standsAfter(processId, done);
    const taskId = await hands.done(caseNumber, last, 'chen.one');
    expect(codeOf(await recall(taskId))).toBe(code);
  });

  test('a called process that somebody has worked in is not ended', async () => {
    const caseNumber = await hands.start('calls_quiet', 'chen.one');
    const taskId = await hands.done(caseNumber, 'enter', 'chen.one');
    await hands.done(caseNumber, 'inner', 'li.clerk');
    expect(codeOf(await recall(taskId))).toBe('recall_too_late');
  });
});

describe('two at once', () => {
  test('of a recall and a claim only one happens', async () => {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.done(caseNumber, 'enter', 'chen.one');
    const next = await hands.open(caseNumber, 'review');
    const codes = await Promise.all([
      bank.runtime.recallTask({ actor: by('chen.one'), taskId, reason: '' }).then(codeOf),
      bank.runtime.claimTask({ actor: by('zhao.review'), taskId: next }).then(codeOf),
    ]);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
  });

  test('of two forwards to different people only one happens', async () => {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.claim(caseNumber, 'enter', 'chen.one');
    const codes = await Promise.all(
      ['li.clerk', 'wang.clerk'].map(async (to) =>
        codeOf(await bank.runtime.forwardTask({ actor: by('chen.one'), taskId, to, reason: '' })),
      ),
    );
    expect(codes.sort()).toEqual(['ok', 'task_not_yours']);
  });
});

describe('drafts (暂存)', () => {
  test('each person has their own, and it stays when the task is put back', async () => {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.claim(caseNumber, 'enter', 'chen.one');
    const own = { actor: by('chen.one'), taskId };
    expect(await bank.runtime.saveDraft({ ...own, values: { amount: 1n } })).toMatchObject({
      value: { status: 'in_progress' },
    });
    expect(
      codeOf(await bank.runtime.saveDraft({ ...own, actor: by('li.clerk'), values: {} })),
    ).toBe('task_not_yours');
    await bank.runtime.releaseTask(own);
    await hands.claim(caseNumber, 'enter', 'li.clerk');
    const other = { actor: by('li.clerk'), taskId };
    expect(await bank.runtime.viewTask(other)).toMatchObject({ value: { draft: null } });
    await bank.runtime.releaseTask(other);
    await hands.claim(caseNumber, 'enter', 'chen.two');
    expect(await bank.runtime.viewTask({ actor: by('chen.two'), taskId })).toMatchObject({
      value: { draft: { amount: 1n } },
    });
  });
});

describe('copy and urge (抄送, 催办)', () => {
  test('a notice is read once, and opens the case to its reader', async () => {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.claim(caseNumber, 'enter', 'chen.one');
    const order = { actor: by('chen.one'), taskId, note: '请知悉' };
    expect(codeOf(await bank.runtime.copyTask({ ...order, to: ['far.clerk'] }))).toBe(
      'person_not_candidate',
    );
    expect(codeOf(await bank.runtime.copyTask({ ...order, to: ['zhou.head', 'wu.owner'] }))).toBe(
      'ok',
    );
    const page = { limit: 10, offset: 0 };
    const listed = await bank.runtime.copies(by('zhou.head'), page);
    expect(listed).toMatchObject({
      total: 1,
      unread: 1,
      copies: [{ note: '请知悉' }],
    });
    const [copy] = listed.copies;
    expect(codeOf(await bank.runtime.readCopy(by('wu.owner'), copy?.id ?? ''))).toBe('not_found');
    expect(codeOf(await bank.runtime.readCopy(by('zhou.head'), copy?.id ?? ''))).toBe('ok');
    expect(await bank.runtime.copies(by('zhou.head'), page)).toMatchObject({ unread: 0 });
    expect(await hands.standing(caseNumber)).toEqual(['enter@chen.one']);
  });

  test('who has a part in the case urges, at most every half hour', async () => {
    const caseNumber = await hands.start('line', 'chen.one');
    await hands.done(caseNumber, 'enter', 'chen.one');
    const taskId = await hands.claim(caseNumber, 'review', 'zhao.review');
    const urge = async (login: string) =>
      codeOf(await bank.runtime.urgeTask({ actor: by(login), taskId, reason: '客户在等' }));
    expect(await urge('zhao.review')).toBe('urge_own_task');
    expect(await urge('wang.clerk')).toBe('not_a_participant');
    expect(await urge('chen.two')).toBe('ok');
    expect(await urge('chen.one')).toBe('urged_too_often');
    bank.clock.now += 30 * 60_000;
    expect(await urge('chen.one')).toBe('ok');
    const { acts } = await bank.runtime.taskMarks([taskId]);
    expect(acts.filter((act) => act.kind === 'task_urged')).toHaveLength(2);
  });
});

describe('terminate (终止)', () => {
  const end = async (caseNumber: string, login: string, reason = '客户破产') =>
    codeOf(await bank.runtime.terminateCase({ actor: by(login), caseNumber, reason }));

  test.each([
    ['line', ['enter'], 'chen.one', 'not_a_terminator'],
    ['line', ['enter'], 'zhou.head', 'not_a_terminator'],
    ['line', ['enter', 'review'], 'wu.owner', 'ok'],
    ['final', ['enter', 'pay'], 'wu.owner', 'terminate_over_posting'],
    ['undone', ['enter', 'pay'], 'wu.owner', 'ok'],
    ['calls_quiet', ['enter', 'inner'], 'wu.owner', 'ok'],
    ['calls_posts', ['enter', 'inner'], 'wu.owner', 'terminate_over_posting'],
  ] as const)('%s after %o by %s: %s', async (processId, done, login, code) => {
    const caseNumber = await standsAfter(processId, done);
    const before = await cash();
    expect(await end(caseNumber, 'wu.owner', ' ')).toBe('task_reason_missing');
    expect(await end(caseNumber, login)).toBe(code);
    const view = await bank.runtime.viewCase(caseNumber);
    const isOver = code === 'ok';
    const status = isOver ? 'terminated' : 'active';
    expect(view).toMatchObject({ value: { status, outcome: null } });
    if (isOver) expect(await hands.standing(caseNumber)).toEqual([]);
    expect(await cash()).toBe(processId === 'undone' ? before - 100n : before);
    if (isOver) expect(await end(caseNumber, 'wu.owner')).toBe('case_not_active');
  });

  test.each([
    ['a customer', customer('C1')],
    ['the machine', systemActor],
  ])('%s terminates nothing', async (_name, actor) => {
    const caseNumber = await standsAfter('line', []);
    const order = { actor, caseNumber, reason: 'x' };
    expect(codeOf(await bank.runtime.terminateCase(order))).toBe('not_a_terminator');
  });
});
