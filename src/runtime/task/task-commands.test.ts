import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok, type Result } from '../../base/result.ts';
import { uuidV7 } from '../../base/uuid.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';
import type { Actor } from '../actor.ts';
import { askOracle } from '../oracle.ts';
import { processXml, seededRandom, type TestBank, testBank } from '../testing.ts';
import { handsOn, openStaff } from './testing.ts';

/** One yuan of interest, there and back. */
function posting(name: string, debit: string, credit: string): ServiceOperation {
  const transfer = { debit: { unitId: '0101', glCode: debit } };
  const credited = { credit: { unitId: '0101', glCode: credit } };
  const money = { amountMinor: 100n, currency: 'CNY' };
  return {
    name,
    needs: () => ({}),
    decide: () =>
      ok({
        values: {},
        postings: [
          { narrative: name, transfers: [{ ...transfer, ...credited, ...money }], memoranda: [] },
        ],
        records: [],
      }),
  };
}

const operations = [posting('test.pay', '1001', '6011'), posting('test.undo', '6011', '1001')];

const startEnd = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>';
const lanes = (clerk: string, reviewer: string) => [
  { role: 'clerk', unit: 'own', nodes: `start end ${clerk}` },
  { role: 'reviewer', unit: 'own', nodes: reviewer },
];
const task = (id: string, attributes = '') =>
  `<bpmn:userTask id="${id}" huiliu:form="any.form.json" ${attributes}/>`;

/** enter, review (not by who entered), decide (not by who entered). */
const line = processXml({
  id: 'line',
  lanes: lanes('enter decide', 'review'),
  nodes: `${startEnd}${task('enter')}${task('review', 'huiliu:separateFrom="enter"')}
    ${task('decide', 'huiliu:separateFrom="enter"')}`,
  flows: ['start > enter > review > decide > end'],
});

/** enter, then two reviews at once, then decide. */
const branches = processXml({
  id: 'branches',
  lanes: lanes('enter f one two j decide', 'unused'),
  nodes: `${startEnd}${task('enter')}<bpmn:parallelGateway id="f"/>${task('one')}${task('two')}
    <bpmn:parallelGateway id="j"/>${task('decide')}${task('unused')}`,
  flows: ['start > enter > f > one > j > decide > end', 'f > two > j', 'start > unused'],
})
  .replace(/<bpmn:userTask id="unused"[^>]*>|<bpmn:sequenceFlow id="start_to_unused"[^>]*>/g, '')
  .replace('<bpmn:flowNodeRef>unused</bpmn:flowNodeRef>', '');

/** enter, pay (posts; its reversal is modelled or not), check. */
const paying = (id: string, compensated: boolean) =>
  processXml({
    id,
    lanes: lanes(`enter pay check${compensated ? ' undo ce' : ''}`, 'none').slice(0, 1),
    nodes: `${startEnd}${task('enter')}${task('pay', 'huiliu:operation="test.pay"')}${task('check')}
      ${
        compensated
          ? `<bpmn:boundaryEvent id="ce" attachedToRef="pay"><bpmn:compensateEventDefinition/>
      </bpmn:boundaryEvent><bpmn:serviceTask id="undo" isForCompensation="true"
      huiliu:operation="test.undo"/><bpmn:association id="as" associationDirection="One"
      sourceRef="ce" targetRef="undo"/>`
          : ''
      }`,
    flows: ['start > enter > pay > check > end'],
  });

/** All members sign at once (会签); a sealed vote beside it. */
const joint = (id: string, attributes: string, condition = '') =>
  processXml({
    id,
    lanes: lanes('sign after', 'none').slice(0, 1),
    nodes: `${startEnd}<bpmn:userTask id="sign" huiliu:assignee="member" ${attributes}
      huiliu:form="any.form.json"><bpmn:multiInstanceLoopCharacteristics
      huiliu:collection="members" huiliu:elementVariable="member" huiliu:outputVariable="votes"
      huiliu:outputElement="vote">${condition}</bpmn:multiInstanceLoopCharacteristics>
      </bpmn:userTask>${task('after')}`,
    flows: ['start > sign > after > end'],
  });

let bank: TestBank;
let by: (login: string) => Actor;
let hands: ReturnType<typeof handsOn>;

beforeAll(async () => {
  bank = await testBank({ operations: new Map(operations.map((one) => [one.name, one])) });
  by = await openStaff(bank);
  hands = handsOn(bank, by);
  const half = `<bpmn:completionCondition>count(votes[item = "for"]) * 2 >= numberOfInstances
    </bpmn:completionCondition>`;
  for (const xml of [
    ...[line, branches, paying('final', false), paying('undone', true)],
    ...[joint('joint', ''), joint('sealed', 'huiliu:sealed="true"')],
    joint(
      'any',
      '',
      '<bpmn:completionCondition>numberOfCompletedInstances >= 1</bpmn:completionCondition>',
    ),
    joint('share', 'huiliu:sealed="true"', half),
  ]) {
    await bank.deploy(xml);
  }
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

const codeOf = (result: Result<object>) => (result.ok ? 'ok' : result.code);
const kindsOf = async (caseNumber: string) =>
  (await bank.runtime.caseEvents(caseNumber)).map((event) => event.kind);

describe('forward (转办)', () => {
  test.each([
    // who forwards, to whom, outcome
    ['li.clerk', 'wang.clerk', 'task_not_yours'],
    ['chen.one', 'nobody.here', 'person_not_candidate'],
    ['chen.one', 'chen.two', 'person_not_candidate'],
    ['chen.one', 'zhao.review', 'person_not_candidate'],
    ['chen.one', 'far.clerk', 'person_not_candidate'],
    ['chen.one', 'li.clerk', 'ok'],
  ])('%s to %s: %s', async (from, to, outcome) => {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.claim(caseNumber, 'enter', 'chen.one');
    const order = { actor: by(from), taskId, to, reason: '休假' };
    expect(codeOf(await bank.runtime.forwardTask(order))).toBe(outcome);
    const holder = outcome === 'ok' ? to : 'chen.one';
    expect(await hands.standing(caseNumber)).toEqual([`enter@${holder}`]);
  });

  test('the reason stands beside the log, which names only numbers', async () => {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.claim(caseNumber, 'enter', 'chen.one');
    const order = { actor: by('chen.one'), taskId, to: 'li.clerk', reason: '休假一周' };
    expect(await bank.runtime.forwardTask(order)).toMatchObject({ ok: true });
    const event = (await bank.runtime.caseEvents(caseNumber)).at(-1);
    expect(event).toMatchObject({ kind: 'task_forwarded', login: 'chen.one' });
    expect(JSON.parse(event?.facts ?? '')).toEqual({ toPerson: 'P2' });
    const acts = await bank.runtime.caseActs(caseNumber);
    expect(acts).toMatchObject([{ id: event?.id, reason: '休假一周', to_login: 'li.clerk' }]);
    expect(await hands.done(caseNumber, 'enter', 'li.clerk')).toBe(taskId);
    expect(await kindsOf(caseNumber)).toContain('activity_claimed');
  });

  test('nobody is given what they are kept apart from, by any login', async () => {
    const caseNumber = await hands.start('line', 'chen.two');
    await hands.done(caseNumber, 'enter', 'chen.two');
    await hands.done(caseNumber, 'review', 'zhao.review');
    const taskId = await hands.claim(caseNumber, 'decide', 'li.clerk');
    for (const to of ['chen.one', 'chen.two']) {
      const order = { actor: by('li.clerk'), taskId, to, reason: '' };
      expect(codeOf(await bank.runtime.forwardTask(order))).toBe('person_kept_apart');
      expect(codeOf(await bank.runtime.delegateTask(order))).toBe('person_kept_apart');
      const signer = { ...order, place: 'before' } as const;
      expect(codeOf(await bank.runtime.addSigner(signer))).toBe('person_kept_apart');
    }
    const people = await bank.runtime.taskPeople({
      ...{ actor: by('li.clerk'), taskId, purpose: 'forward' },
    });
    expect(people).toMatchObject({ ok: true, value: [{ login: 'wang.clerk', person: 'P3' }] });
  });

  test('a task of a person whom the model names is not given on', async () => {
    const caseNumber = await hands.start('joint', 'chen.one', { members: ['li.clerk'] });
    const taskId = await hands.claim(caseNumber, 'sign', 'li.clerk');
    const order = { actor: by('li.clerk'), taskId, to: 'wang.clerk', reason: '' };
    expect(codeOf(await bank.runtime.forwardTask(order))).toBe('task_named_by_model');
    expect(codeOf(await bank.runtime.delegateTask(order))).toBe('task_named_by_model');
  });
});

describe('delegate (委派)', () => {
  async function delegated() {
    const caseNumber = await hands.start('line', 'chen.one');
    const taskId = await hands.claim(caseNumber, 'enter', 'chen.one');
    const order = { actor: by('chen.one'), taskId, to: 'li.clerk', reason: '代拟' };
    expect(await bank.runtime.delegateTask(order)).toMatchObject({ ok: true });
    return { caseNumber, taskId };
  }

  test('the delegate prepares, the owner gets it back with the draft and submits', async () => {
    const { caseNumber, taskId } = await delegated();
    const delegate = { actor: by('li.clerk'), taskId };
    const values = { amount: 7n };
    expect(await bank.runtime.saveDraft({ ...delegate, values })).toMatchObject({
      value: { status: 'delegated' },
    });
    const resolved = await bank.runtime.resolveTask({ ...delegate, values, reason: '已拟' });
    expect(resolved).toMatchObject({ ok: true, value: { status: 'in_progress' } });
    expect(await hands.standing(caseNumber)).toEqual(['enter@chen.one']);
    const owner = { actor: by('chen.one'), taskId };
    expect(await bank.runtime.viewTask(owner)).toMatchObject({ value: { draft: values } });
    expect(await bank.runtime.completeTask({ ...owner, values })).toMatchObject({ ok: true });
  });

  test.each([
    ['completeTask', 'li.clerk', 'task_is_delegated'],
    ['returnTask', 'li.clerk', 'task_is_delegated'],
    ['releaseTask', 'li.clerk', 'task_is_delegated'],
    ['forwardTask', 'li.clerk', 'task_is_delegated'],
    ['completeTask', 'chen.one', 'task_not_yours'],
    ['resolveTask', 'chen.one', 'task_not_yours'],
    ['claimTask', 'wang.clerk', 'task_held_by_another'],
    ['recallTask', 'wang.clerk', 'task_not_yours'],
  ] as const)('%s by %s: %s', async (command, login, code) => {
    const { taskId } = await delegated();
    const order = { actor: by(login), taskId, values: {}, reason: 'x', to: 'wang.clerk' };
    const given = { ...order, straightBack: false };
    const commands = bank.runtime as unknown as Record<
      string,
      (order: object) => Promise<Result<object>>
    >;
    const wanted = command === 'returnTask' ? { ...given, to: 'previous' } : given;
    expect(codeOf((await commands[command]?.(wanted)) ?? ok({}))).toBe(code);
  });

  test('the owner takes it back', async () => {
    const { caseNumber, taskId } = await delegated();
    const order = { actor: by('chen.two'), taskId, reason: '' };
    expect(codeOf(await bank.runtime.recallTask(order))).toBe('ok');
    expect(await hands.standing(caseNumber)).toEqual(['enter@chen.one']);
    expect(await kindsOf(caseNumber)).toContain('task_taken_back');
  });

  test('whoever prepared is kept from checking it, like whoever submitted', async () => {
    const { caseNumber, taskId } = await delegated();
    const delegate = { actor: by('li.clerk'), taskId, values: {}, reason: '' };
    expect(await bank.runtime.resolveTask(delegate)).toMatchObject({ ok: true });
    const owner = { actor: by('chen.one'), taskId, values: {} };
    expect(await bank.runtime.completeTask(owner)).toMatchObject({ ok: true });
    await hands.done(caseNumber, 'review', 'zhao.review');
    const decide = await hands.open(caseNumber, 'decide');
    const claim = async (login: string) =>
      codeOf(await bank.runtime.claimTask({ actor: by(login), taskId: decide }));
    expect(await claim('li.clerk')).toBe('must_be_another_person');
    expect(await claim('chen.two')).toBe('must_be_another_person');
    expect(await claim('wang.clerk')).toBe('ok');
  });
});

describe('add and remove signers (加签, 减签)', () => {
  const signed = { opinion: 'agree', note: '同意' };
  async function entering() {
    const caseNumber = await hands.start('line', 'chen.one');
    return { caseNumber, taskId: await hands.claim(caseNumber, 'enter', 'chen.one') };
  }
  const add = (taskId: string, to: string, place: 'before' | 'after' | 'beside', key?: string) =>
    bank.runtime.addSigner({ actor: by('chen.one'), taskId, to, place, reason: '请把关', key });

  test('before: the holder waits, the signer signs, the holder goes on', async () => {
    const { caseNumber, taskId } = await entering();
    expect(codeOf(await add(taskId, 'li.clerk', 'before'))).toBe('ok');
    expect(codeOf(await add(taskId, 'li.clerk', 'before'))).toBe('signer_already');
    expect(codeOf(await add(taskId, 'wang.clerk', 'before'))).toBe('ok');
    const submit = { actor: by('chen.one'), taskId, values: {} };
    expect(codeOf(await bank.runtime.completeTask(submit))).toBe('signers_pending');
    for (const login of ['li.clerk', 'wang.clerk']) {
      const { tasks } = await bank.runtime.listTasks({
        actor: by(login),
        filter: 'mine',
        caseNumber,
      });
      const own = { actor: by(login), taskId: tasks[0]?.id ?? '' };
      expect(await bank.runtime.claimTask(own)).toMatchObject({ ok: true });
      expect(codeOf(await bank.runtime.releaseTask(own))).toBe('signer_may_not');
      const back = { ...own, to: 'previous', reason: 'x', straightBack: false } as const;
      expect(codeOf(await bank.runtime.returnTask(back))).toBe('signer_may_not');
      const wrong = { ...own, values: { opinion: 'perhaps' } };
      expect(codeOf(await bank.runtime.completeTask(wrong))).toBe('field_not_valid');
      expect(await bank.runtime.completeTask({ ...own, values: signed })).toMatchObject({
        ok: true,
      });
    }
    expect(await bank.runtime.completeTask(submit)).toMatchObject({ ok: true });
    expect(await hands.standing(caseNumber)).toEqual(['review']);
    const view = await bank.runtime.viewCase(caseNumber);
    expect(view).toMatchObject({
      value: {
        values: {
          signerOpinions: [
            { activity: 'enter', signer: 'li.clerk', ...signed },
            { activity: 'enter', signer: 'wang.clerk', ...signed },
          ],
        },
      },
    });
  });

  test('after: the case goes on when the signer has signed what was submitted', async () => {
    const { caseNumber, taskId } = await entering();
    expect(codeOf(await add(taskId, 'zhao.review', 'after'))).toBe('ok');
    const submit = { actor: by('chen.one'), taskId, values: { amount: 3n } };
    expect(await bank.runtime.completeTask(submit)).toMatchObject({
      value: { status: 'suspended', caseStatus: 'active' },
    });
    expect(await hands.standing(caseNumber)).toEqual(['enter', 'enter@chen.one']);
    const own = await bank.runtime.listTasks({
      actor: by('zhao.review'),
      filter: 'mine',
      caseNumber,
    });
    const order = { actor: by('zhao.review'), taskId: own.tasks[0]?.id ?? '' };
    expect(await bank.runtime.claimTask(order)).toMatchObject({ ok: true });
    expect(await bank.runtime.completeTask({ ...order, values: signed })).toMatchObject({
      ok: true,
    });
    expect(await hands.standing(caseNumber)).toEqual(['review']);
    const tasks = await bank.runtime.caseTasks(caseNumber);
    expect(tasks.find((one) => one.id === taskId)?.status).toBe('completed');
    const review = await hands.open(caseNumber, 'review');
    // Who signed a task is kept from what its performer is kept from.
    expect(codeOf(await bank.runtime.claimTask({ actor: by('zhao.review'), taskId: review }))).toBe(
      'must_be_another_person',
    );
  });

  test.each(['before', 'after'] as const)('a signer %s is taken away again', async (place) => {
    const { caseNumber, taskId } = await entering();
    await add(taskId, 'li.clerk', place);
    const order = { actor: by('chen.one'), taskId, signer: 'li.clerk', reason: '不需要' };
    expect(codeOf(await bank.runtime.removeSigner({ ...order, reason: ' ' }))).toBe(
      'task_reason_missing',
    );
    expect(codeOf(await bank.runtime.removeSigner({ ...order, actor: by('wang.clerk') }))).toBe(
      'task_not_yours',
    );
    expect(codeOf(await bank.runtime.removeSigner(order))).toBe('ok');
    expect(codeOf(await bank.runtime.removeSigner(order))).not.toBe('ok');
    const submit = { actor: by('chen.one'), taskId, values: {} };
    expect(await bank.runtime.completeTask(submit)).toMatchObject({ ok: true });
    expect(await hands.standing(caseNumber)).toEqual(['review']);
  });

  test('after a submission a signer who was forgotten is taken away, and the case goes on', async () => {
    const { caseNumber, taskId } = await entering();
    await add(taskId, 'li.clerk', 'after');
    const submit = { actor: by('chen.one'), taskId, values: {} };
    expect(await bank.runtime.completeTask(submit)).toMatchObject({ ok: true });
    const order = { actor: by('chen.one'), taskId, signer: 'li.clerk', reason: '病假' };
    expect(codeOf(await bank.runtime.removeSigner(order))).toBe('ok');
    expect(await hands.standing(caseNumber)).toEqual(['review']);
  });

  test('nobody signs after what posts at once', async () => {
    const caseNumber = await hands.start('final', 'chen.one');
    await hands.done(caseNumber, 'enter', 'chen.one');
    const taskId = await hands.claim(caseNumber, 'pay', 'chen.one');
    expect(codeOf(await add(taskId, 'li.clerk', 'after'))).toBe('signer_after_posts');
    expect(codeOf(await add(taskId, 'li.clerk', 'before'))).toBe('ok');
  });

  test('beside: one more signs the joint decision; a sealed vote keeps its members', async () => {
    const members = ['chen.one', 'li.clerk'];
    const caseNumber = await hands.start('joint', 'chen.one', { members });
    const taskId = await hands.claim(caseNumber, 'sign', 'chen.one');
    expect(codeOf(await add(taskId, 'li.clerk', 'beside'))).toBe('signer_already');
    expect(codeOf(await add(taskId, 'wang.clerk', 'beside'))).toBe('ok');
    expect(await hands.standing(caseNumber)).toHaveLength(3);
    const remove = { actor: by('chen.one'), taskId, reason: 'x' };
    expect(codeOf(await bank.runtime.removeSigner({ ...remove, signer: 'li.clerk' }))).toBe(
      'signer_unknown',
    );
    expect(codeOf(await bank.runtime.removeSigner({ ...remove, signer: 'wang.clerk' }))).toBe('ok');
    const sealed = await hands.start('sealed', 'chen.one', { members });
    const vote = await hands.claim(sealed, 'sign', 'chen.one');
    expect(codeOf(await add(vote, 'wang.clerk', 'beside'))).toBe('signers_fixed');
  });

  test('one key, one signer', async () => {
    const { caseNumber, taskId } = await entering();
    const key = uuidV7(bank.clock.now, seededRandom('one signer')(10));
    expect(await add(taskId, 'li.clerk', 'before', key)).toEqual(
      await add(taskId, 'li.clerk', 'before', key),
    );
    expect(await hands.standing(caseNumber)).toHaveLength(2);
    expect(codeOf(await add(taskId, 'wang.clerk', 'before', key))).toBe(
      'idempotency_key_used_otherwise',
    );
  });
});

describe('会签, 或签 and 票签 on the bank', () => {
  const members = ['chen.one', 'li.clerk', 'wang.clerk'];
  test.each([
    // process, votes in turn, what is open afterwards
    ['joint', ['for', 'against'], 'sign'],
    ['joint', ['for', 'for', 'against'], 'after'],
    ['any', ['against'], 'after'],
    ['share', ['for'], 'sign'],
    ['share', ['for', 'for'], 'after'],
  ])('%s after %o: %s', async (processId, votes, open) => {
    const caseNumber = await hands.start(processId, 'chen.one', { members });
    for (const [at, vote] of votes.entries()) {
      const login = members[at] ?? '';
      const order = { actor: by(login), filter: 'mine', caseNumber } as const;
      const { tasks } = await bank.runtime.listTasks(order);
      const own = { actor: by(login), taskId: tasks[0]?.id ?? '' };
      expect(await bank.runtime.claimTask(own)).toMatchObject({ ok: true });
      const done = await bank.runtime.completeTask({ ...own, values: { vote } });
      expect(done).toMatchObject({ ok: true });
    }
    const standing = await hands.standing(caseNumber);
    expect(standing.every((one) => one.startsWith(open))).toBe(true);
    const sealed = processId === 'share' && open === 'sign';
    const view = await bank.runtime.viewCase(caseNumber);
    const seen = view.ok ? view.value.values.votes : null;
    expect(seen).toEqual(sealed ? undefined : votes);
  });
});
