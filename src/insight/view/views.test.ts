import { expect, test } from 'vitest';
import { compile, read } from '../../kernel/index.ts';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { decisionsMin } from './approvals.ts';
import { processCapital } from './capital.ts';
import { namesIn } from './crud.ts';
import { viewFormOf } from './forms.ts';
import type { ViewModel } from './steps.ts';
import { requirementViews } from './views.ts';

const huiliu = 'xmlns:huiliu="urn:huiliu:bpmn:1"';
const flow = (from: string, to: string, extra = '', condition = '') =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}" ${extra}>${
    condition === ''
      ? ''
      : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
  }</bpmn:sequenceFlow>`;
const lane = (id: string, role: string, unit: string, nodes: string) =>
  `<bpmn:lane id="${id}" name="${id}" huiliu:role="${role}" huiliu:unit="${unit}">${nodes
    .split(' ')
    .map((node) => `<bpmn:flowNodeRef>${node}</bpmn:flowNodeRef>`)
    .join('')}</bpmn:lane>`;

/** A customer applies, a teller takes it in, the branch approves or declines, then it is filed. */
const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ${huiliu} targetNamespace="urn:t">
<bpmn:process id="small" name="小流程" isExecutable="true">
  <bpmn:laneSet id="lanes">${lane('customers', 'customer', 'customer', 'start apply')}
    ${lane('tellers', 'teller', 'own', 'receive rules')}
    ${lane('branch', 'branch_officer', 'branch', 'approve decided yes no file')}</bpmn:laneSet>
  <bpmn:startEvent id="start"/>
  <bpmn:userTask id="apply" name="申请" huiliu:nameEn="Apply" huiliu:form="apply.form.json" huiliu:dueIn="P1D"/>
  <bpmn:userTask id="receive" name="受理" huiliu:nameEn="Receive" huiliu:form="receive.form.json"/>
  <bpmn:businessRuleTask id="rules" name="准入" huiliu:nameEn="Rules" huiliu:decision="entry" huiliu:result="entry"/>
  <bpmn:userTask id="approve" name="审批" huiliu:nameEn="Approve" huiliu:form="approve.form.json"/>
  <bpmn:exclusiveGateway id="decided" default="decided_no"/>
  <bpmn:task id="file" name="归档" huiliu:nameEn="File"/>
  <bpmn:endEvent id="yes" huiliu:outcome="done"/><bpmn:endEvent id="no" huiliu:outcome="declined"/>
  ${flow('start', 'apply')}${flow('apply', 'receive')}${flow('receive', 'rules')}
  ${flow('rules', 'approve')}${flow('approve', 'decided')}
  ${flow('decided', 'file', '', 'answer = &quot;agree&quot;')}${flow('decided', 'no')}
  ${flow('decided', 'receive', 'name="退回"', 'answer = &quot;return&quot;')}${flow('file', 'yes')}
</bpmn:process></bpmn:definitions>`;

const field = (key: string, label: string, more = {}) => ({
  type: 'textfield',
  key,
  label,
  ...more,
});
const form = (file: string, components: object[]) =>
  viewFormOf(file, JSON.stringify({ name: file, components }))!;
const options = ['agree', 'return', 'decline'].map((value) => ({ value, label: value }));

async function modelOf(text = xml): Promise<ViewModel> {
  const model = await read(text);
  if (!model.ok) throw new Error(model.code);
  const { program, findings } = compile(model.value);
  if (program === null) throw new Error(JSON.stringify(findings));
  const forms = [
    form('apply.form.json', [field('amountMinor', '金额'), field('phone', '电话')]),
    form('receive.form.json', [
      {
        type: 'group',
        components: [field('phone', '电话'), field('amountMinor', '金额', { readonly: true })],
      },
      field('mobile', '电话'),
    ]),
    form('approve.form.json', [
      { ...field('answer', '结论', { properties: { kind: 'decision' } }), values: options },
    ]),
  ];
  return {
    program,
    forms: new Map(forms.map((each) => [each.file, each])),
    decisionReads: new Map([['entry', ['amountMinor']]]),
  };
}

/** Cases that are agreed (or, the first `declined`, end at the approval); minutes. */
function cases(agreed: number, declined: number, life = 'complete') {
  const events: TestEvent[] = [];
  for (let c = 0; c < agreed + declined; c++) {
    const of = `${c}`;
    const done = (does: string, from: number, at: number) =>
      events.push({ of, does, by: 'an', from: c * 1e5 + from * 60, at: c * 1e5 + at * 60 });
    done('申请', 0, 10);
    done('受理', 40, 45);
    done('审批', 45, 65);
    if (c >= declined) done('归档', 95, 96);
  }
  if (life !== 'complete') events.push({ of: '0', does: '审批', at: 1e5, life });
  return activityInstances(logOf(events), 'instances');
}

test('MOD-11 the flow process chart gives each step its class by a stated rule, and its time', async () => {
  const { flowChart } = requirementViews(await modelOf(), cases(2, 0));
  const told = flowChart.lines.map(({ stepId, flowClass, by, seconds }) => [
    ...[stepId, flowClass, by, seconds],
  ]);
  expect(told).toEqual([
    ['apply', 'operate', 'otherwise', 600],
    ['receive', 'wait', 'log', 1800],
    ['receive', 'operate', 'otherwise', 300],
    ['rules', 'check', 'type', null],
    ['approve', 'check', 'name', 1200],
    ['file', 'wait', 'log', 1800],
    ['file', 'store', 'name', 60],
  ]);
  expect(flowChart.totals.wait).toEqual({ lines: 2, seconds: 7200 });
  const given = await modelOf(
    xml.replace('id="receive" name', 'huiliu:step="move" id="receive" name'),
  );
  const moved = requirementViews(given, null).flowChart.lines.find(
    ({ stepId }) => stepId === 'receive',
  );
  expect(moved).toMatchObject({ flowClass: 'move', by: 'model', seconds: null, executions: null });
});

test('MOD-11 the service blueprint sets customer, front, back and support apart', async () => {
  const { blueprint } = requirementViews(await modelOf(), null);
  expect(blueprint.steps.map(({ stepId, lane: of, column }) => [stepId, of, column])).toEqual([
    ['apply', 'customer', 0],
    ['receive', 'front', 1],
    ['rules', 'support', 2],
    ['approve', 'back', 3],
    ['file', 'back', 4],
  ]);
  const link = (from: string, to: string) =>
    blueprint.links.find((each) => each.from === from && each.to === to);
  expect(link('approve', 'receive')).toMatchObject({ back: true, crossesVisibility: true });
  expect(link('approve', 'file')).toMatchObject({ back: false, crossesVisibility: false });
  expect(blueprint.columns).toBe(5);
});

test('MOD-03 the matrix of data by step tells who creates, reads and updates what', async () => {
  const { crud } = requirementViews(await modelOf(), null);
  const cells = Object.fromEntries(crud.rows.map((row) => [row.name, row.cells]));
  expect(cells).toEqual({
    amountMinor: { apply: ['C'], receive: ['R'], rules: ['R'] },
    phone: { apply: ['C'], receive: ['U'] },
    mobile: { receive: ['C'] },
    entry: { rules: ['C'] },
    answer: { approve: ['C'], decided: ['R'] },
  });
  const amount = crud.rows.find(({ name }) => name === 'amountMinor');
  expect(amount).toMatchObject({ origins: ['apply'], destinations: ['receive', 'rules'] });
  expect(amount?.label['zh-CN']).toBe('金额');
});

test('MOD-03 an approval that never refuses is pointed out with how sure that is', async () => {
  const approvals = async (work: ReturnType<typeof cases> | null) =>
    requirementViews(await modelOf(), work).approvals[0];
  expect(await approvals(cases(decisionsMin, 0))).toMatchObject({
    ...{ stepId: 'approve', answers: ['agree', 'return', 'decline'], tables: ['entry'] },
    ...{ executions: decisionsMin, decided: decisionsMin, refused: 0, neverRefuses: true },
    refusedAtMost: 1 - 0.05 ** (1 / decisionsMin),
  });
  expect(await approvals(cases(decisionsMin - 1, 0))).toMatchObject({ neverRefuses: false });
  expect(await approvals(cases(decisionsMin, 1))).toMatchObject({
    ...{ decided: decisionsMin + 1, refused: 1, refusedAtMost: null, neverRefuses: false },
  });
  expect(await approvals(cases(decisionsMin, 0, 'withdraw'))).toMatchObject({
    ...{ withdrawn: 1, refused: 0, neverRefuses: false },
  });
  expect(await approvals(null)).toMatchObject({ executions: null, decided: null });
});

test('MOD-03 what several answer together is not held against one; a call is looked past', async () => {
  const work = cases(decisionsMin, 0);
  const joint = xml.replace(
    'huiliu:form="approve.form.json"/>',
    `huiliu:form="approve.form.json"><bpmn:multiInstanceLoopCharacteristics>
      <bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">2</bpmn:loopCardinality>
      </bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`,
  );
  const [together] = requirementViews(await modelOf(joint), work).approvals;
  expect(together).toMatchObject({ executions: decisionsMin, decided: 0, neverRefuses: false });
  const calls = xml
    .replace('<bpmn:task id="file"', '<bpmn:callActivity id="inside" calledElement="other"/>$&')
    .replace(flow('decided', 'file', '', 'answer = &quot;agree&quot;'), '')
    .replace(
      flow('file', 'yes'),
      `${flow('decided', 'inside', '', 'answer = &quot;agree&quot;')}${flow('inside', 'file')}$&`,
    );
  const [past] = requirementViews(await modelOf(calls), work).approvals;
  expect(past).toMatchObject({ decided: decisionsMin, refused: 0, neverRefuses: true });
});

test('MOD-05 fields that are filled in again are found, by key and by label', async () => {
  const { repeatedEntries } = requirementViews(await modelOf(), null);
  expect(
    repeatedEntries.map(({ by, entries }) => [by, entries.map(({ stepId }) => stepId)]),
  ).toEqual([
    ['key', ['apply', 'receive']],
    ['label', ['apply', 'receive']],
  ]);
});

test('MOD-07 responsibility is complete: every step is done, and one role answers for it', async () => {
  const { raci, steps } = requirementViews(await modelOf(), null);
  expect(raci.rows.map(({ stepId }) => stepId)).toEqual(steps.map(({ id }) => id));
  for (const { duties, gap } of raci.rows) {
    const all = Object.values(duties).flat();
    expect([all.filter((each) => each === 'A').length, gap]).toEqual([1, null]);
    expect(all).toContain('R');
  }
  const duties = Object.fromEntries(raci.rows.map((row) => [row.stepId, row.duties]));
  expect(duties.apply).toEqual({ customer: ['R', 'A'], teller: ['I'] });
  expect(duties.rules).toEqual({
    system: ['R'],
    teller: ['A'],
    customer: ['C'],
    branch_officer: ['I'],
  });
  expect(raci.roles).toEqual(['customer', 'teller', 'system', 'branch_officer']);
});

test('MOD-02 what a step or a way out does not say is a warning', async () => {
  const warned = requirementViews(await modelOf(), null).warnings;
  expect(warned.map(({ elementId, code }) => [elementId, code])).toEqual([
    ['receive', 'time_limit_missing'],
    ['approve', 'time_limit_missing'],
    ['file', 'content_missing'],
    ['file', 'tool_missing'],
    ['file', 'time_limit_missing'],
  ]);
  const bare = xml
    .replace(/<bpmn:laneSet.*?<\/bpmn:laneSet>/s, '')
    .replace(' default="decided_no"', '');
  const codes = requirementViews(await modelOf(bare), null).warnings.map(
    ({ elementId, code }) => `${elementId} ${code}`,
  );
  expect(codes).toContain('file performer_missing');
  expect(codes).toContain('decided_no condition_missing');
});

test('MOD-12 process capital is income less cost and the loss from errors, also per case', () => {
  const money = {
    currency: 'CNY',
    costMinor: 100_00n,
    incomeMinor: 350_00n,
    errorLossMinor: 50_01n,
  };
  const told = processCapital([
    { process: 'loss', cases: 1, ...money, incomeMinor: 0n },
    { process: 'silent', cases: 5, ...money, incomeMinor: null },
    { process: 'loan', cases: 3, ...money },
  ]);
  expect(
    told.map(({ process, valueMinor, valuePerCaseMinor, missing }) => [
      process,
      valueMinor,
      valuePerCaseMinor,
      missing,
    ]),
  ).toEqual([
    ['loan', 199_99n, 66_66n, []],
    ['loss', -150_01n, -150_01n, []],
    ['silent', null, null, ['income']],
  ]);
});

test.each([
  ['answer = "agree" and tier.form != "x.y"', ['answer', 'and', 'tier']],
  ['count(failures) = 0', ['failures']],
  ['金额 > 5', ['金额']],
])('names in %s', (text, names) => {
  expect(namesIn(text)).toEqual(names);
});

test('a form that is none is no form', () => {
  expect(viewFormOf('x', '{')).toBeNull();
  expect(viewFormOf('x', '[]')).toBeNull();
  expect(viewFormOf('x', '{"components":[null,1,{"key":5}]}')?.fields).toEqual([]);
});
