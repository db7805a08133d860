import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '../../base/result.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { versionsOf } from '../../store/process/models.ts';
import { systemActor } from '../actor.ts';
import { processXml, staff, type TestBank, testBank } from '../testing.ts';
import type { Waiver } from './soundness.ts';

const chen = staff('E1', 'clerk');
const startEnd = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>';
const lanes = [{ role: 'clerk', unit: 'own', nodes: 'start work end' }];

const nothing: ServiceOperation = {
  name: 'test.nothing',
  needs: () => ({}),
  decide: () => ok({ values: {}, postings: [], records: [] }),
};

let bank: TestBank;

beforeAll(async () => {
  bank = await testBank({ operations: new Map([[nothing.name, nothing]]) });
});
afterAll(async () => await bank.drop());

function model(node: string, given = lanes): string {
  const nodes = `${startEnd}${node}`;
  return processXml({ id: 'bad', lanes: given, nodes, flows: ['start > work > end'] });
}

const framed = '{"components":[{"type":"iframe","url":"https://example.org"}]}';

test.each([
  ['duration_not_valid', model('<bpmn:userTask id="work" huiliu:dueIn="2 days"/>'), {}],
  ['duration_not_valid', model('<bpmn:userTask id="work" huiliu:dueIn="-P1D"/>'), {}],
  ['form_missing', model('<bpmn:userTask id="work" huiliu:form="no.form.json"/>'), {}],
  ['operation_unknown', model('<bpmn:serviceTask id="work" huiliu:operation="no.such"/>'), {}],
  ['operation_missing', model('<bpmn:serviceTask id="work"/>'), {}],
  ['task_without_role', model('<bpmn:userTask id="work"/>', []), {}],
  ['form_component_not_allowed', model('<bpmn:userTask id="work"/>'), { 'x.form.json': framed }],
  ['form_not_valid', model('<bpmn:userTask id="work"/>'), { 'x.form.json': '{}' }],
  ['model_rejected', model('<bpmn:userTask id="other"/>'), {}],
])('%s', async (code, xml, files) => {
  await expect(bank.deploy(xml, files)).rejects.toThrow(`"code":"${code}"`);
});

test('a folder that is not there, or holds no model', async () => {
  const folder = '/nowhere/at/all';
  expect(await bank.runtime.deployProcess({ actor: chen, folder })).toMatchObject({
    code: 'process_folder_unknown',
    facts: { folder: 'all' },
  });
});

test('the same folder is the same version, another is the next', async () => {
  const same = model('<bpmn:userTask id="work"/>');
  const first = await bank.deploy(same);
  expect(await bank.deploy(same)).toBe(first);
  expect(await bank.deploy(model('<bpmn:userTask id="work" name="new"/>'))).not.toBe(first);
  const [row] = (await bank.runtime.listProcesses()).filter((one) => one.process_id === 'bad');
  expect(row?.version).toBe(2);
});

test('several processes deploy one folder at once: one version', async () => {
  const xml = processXml({ id: 'once', nodes: startEnd, flows: ['start > end'] });
  const ids = await Promise.all([1, 2, 3, 4].map(() => bank.deploy(xml)));
  expect(new Set(ids).size).toBe(1);
});

test('a running case stays on the version it began with', async () => {
  const step = (name: string) =>
    processXml({
      id: 'moving',
      lanes,
      nodes: `${startEnd}<bpmn:userTask id="work" name="${name}"/>`,
      flows: ['start > work > end'],
    });
  const order = { actor: chen, processId: 'moving', values: {}, unitCode: '0101' };
  const nameOf = async () => {
    const started = await bank.runtime.startCase(order);
    const [task] = started.ok ? await bank.runtime.caseTasks(started.value.caseNumber) : [];
    return [task?.name, task?.caseNumber];
  };
  await bank.deploy(step('old'));
  const [oldName, oldCase] = await nameOf();
  await bank.deploy(step('new'));
  expect([oldName, (await nameOf())[0]]).toEqual(['old', 'new']);
  const view = await bank.runtime.viewCase(String(oldCase));
  expect(view).toMatchObject({ value: { modelVersion: 1 } });
});

test('what cannot be started: not deployed, only called, no such unit', async () => {
  const order = { actor: chen, processId: 'none', values: {}, unitCode: '0101' };
  expect(await bank.runtime.startCase(order)).toMatchObject({ code: 'process_not_deployed' });
  const attributes = 'huiliu:casePrefix=""';
  const flows = ['start > end'];
  await bank.deploy(processXml({ id: 'only_called', attributes, nodes: startEnd, flows }));
  expect(await bank.runtime.startCase({ ...order, processId: 'only_called' })).toMatchObject({
    code: 'process_only_called',
  });
  const elsewhere = { ...order, processId: 'once', unitCode: '9999' };
  expect(await bank.runtime.startCase(elsewhere)).toMatchObject({ code: 'unit_unknown' });
});

test('a model that runs in a circle is stopped', async () => {
  await bank.deploy(
    processXml({
      id: 'circle',
      nodes: `${startEnd}<bpmn:exclusiveGateway id="gate"/><bpmn:serviceTask id="work"
        huiliu:operation="test.nothing"/>`,
      flows: ['start > work > gate > end : amount = 1', 'gate > work : default'],
    }),
  );
  const order = { actor: chen, processId: 'circle', values: { amount: 0n }, unitCode: '0101' };
  expect(await bank.runtime.startCase(order)).toMatchObject({ code: 'process_runs_in_circle' });
});

/** One way on waits for two. */
function stuckModel(name: string): string {
  return processXml({
    id: 'stuck',
    lanes: [{ role: 'clerk', unit: 'own', nodes: 'left right' }],
    nodes: `${startEnd}<bpmn:exclusiveGateway id="one"/><bpmn:userTask id="left" name="${name}"/>
      <bpmn:userTask id="right"/><bpmn:parallelGateway id="both"/>`,
    flows: [
      'start > one > left : yes = true',
      'one > right : default',
      'left > both > end',
      'right > both',
    ],
  });
}

async function deployWaived(xml: string, waiver?: Waiver) {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-waived-'));
  try {
    await writeFile(join(folder, 'process.bpmn'), xml);
    return await bank.runtime.deployProcess({ actor: chen, folder, waiver });
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a model that can go wrong is deployed only when a named person waives it', async () => {
  const xml = stuckModel('left');
  expect(await deployWaived(xml)).toMatchObject({
    code: 'model_unsound',
    facts: { property: expect.stringContaining('optionToComplete'), way: expect.any(String) },
  });
  const machine = { actor: systemActor, reason: 'it is due' };
  expect(await deployWaived(xml, machine)).toMatchObject({ code: 'waiver_without_person' });
  const silent = { actor: chen, reason: '  ' };
  expect(await deployWaived(xml, silent)).toMatchObject({ code: 'waiver_reason_missing' });
  const deployed = await deployWaived(xml, {
    actor: chen,
    reason: 'one of both is enough for now',
  });
  expect(deployed.ok).toBe(true);
  const [newest] = await versionsOf(bank.database, 1, 'stuck');
  const kept = newest?.waiver;
  expect(kept).toMatchObject({
    login: 'E1',
    person: 'E1',
    reason: 'one of both is enough for now',
  });
  expect(JSON.parse(kept?.findings ?? '[]')[0]).toHaveProperty('rule');
  expect(await deployWaived(stuckModel('other'))).toMatchObject({ code: 'model_unsound' });
});

test('what breaks a rule of the standard cannot be waived', async () => {
  const waiver = { actor: chen, reason: 'it is due' };
  const broken = model('<bpmn:userTask id="other"/>');
  expect(await deployWaived(broken, waiver)).toMatchObject({ code: 'model_rejected' });
});
