import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../base/assert.ts';
import { ok, type Result } from '../base/result.ts';
import { standardChart } from '../ledger/chart-of-accounts.ts';
import type { Transaction } from '../store/database.ts';
import { addGlAccounts, openBooks, openLegalEntity } from '../store/ledger/books.ts';
import { type OrgUnit, openUnit } from '../store/people/units.ts';
import { type TestDatabase, testDatabase } from '../store/testing.ts';
import type { Actor } from './actor.ts';
import type { Random } from './ids.ts';
import type { Parts } from './parts.ts';
import { createRuntime, type Runtime } from './runtime.ts';

/** A bank of four units on a fresh database, with a clock and a chance of the test's own. */
export type TestBank = TestDatabase & {
  readonly runtime: Runtime;
  readonly clock: { now: number };
  /** Deploys a process from texts: the BPMN file and, by name, its decision tables and forms. */
  deploy(xml: string, files?: { readonly [name: string]: string }): Promise<string>;
};

/** 2026-11-21 09:00 at the bank. */
export const testStart = Date.UTC(2026, 10, 21, 1);

export const testOfficer: Actor = {
  login: 'deployer',
  person: 'E-deployer',
  customerNumber: null,
  unitCode: '0000',
  posts: [],
};

/** Chance that is the same for the same seed: SHA-256 of the seed and a counter. */
export function seededRandom(seed: string): Random {
  let count = 0;
  return (bytes) => {
    assert(bytes <= 32, 'at most 32 bytes of chance at once');
    count += 1;
    return createHash('sha256').update(`${seed} ${count}`).digest().subarray(0, bytes);
  };
}

function unit(unitCode: string, kind: OrgUnit['kind'], parentCode: string | null): OrgUnit {
  return {
    unitCode,
    kind,
    name: unitCode,
    nameEn: unitCode,
    parentCode,
    officeLayer: 'front',
    outOfTown: false,
    accountingUnitCode: null,
  };
}

const testUnits = [
  unit('0000', 'head_office', null),
  unit('0100', 'city_branch', '0000'),
  unit('0101', 'sub_branch', '0100'),
  unit('0109', 'centre', '0100'),
];

/** The form of test tasks that take values: nothing required, nothing else allowed. */
const anyForm = JSON.stringify({
  components: [
    ...['amount', 'amountMinor', 'other'].map((key) => ({ type: 'number', key })),
    ...['found', 'vote', 'note'].map((key) => ({ type: 'textfield', key })),
  ],
});

/** A book for each unit, with the standard chart, on 2026-11-21. */
async function openTestBooks(transaction: Transaction): Promise<void> {
  const openedOn = '2026-01-01';
  const legalEntityId = 'test';
  const names = { name: '测试银行', nameEn: 'Test bank' };
  const entity = { legalEntityId, ...names, baseCurrency: 'CNY', accountingDate: '2026-11-21' };
  await openLegalEntity(transaction, 1, entity);
  const books = testUnits.map(({ unitCode }) => ({
    ...{ bookId: unitCode, unitCode, name: unitCode, nameEn: unitCode, openedOn },
    legalEntityId,
  }));
  await openBooks(transaction, 1, books);
  await addGlAccounts(transaction, 1, openedOn, standardChart);
}

/** Makes the bank; call it in beforeAll and `drop` it in afterAll. */
export async function testBank(
  given: { readonly operations?: Parts['operations'] } = {},
): Promise<TestBank> {
  const bank = await testDatabase({ connectionsMax: 20 });
  const clock = { now: testStart };
  const runtime = createRuntime({
    database: bank.database,
    clock: () => clock.now,
    random: seededRandom('test bank'),
    ...given,
  });
  const opened = await bank.database.transaction<null, string>(async (transaction) => {
    for (const one of testUnits) {
      const result = await openUnit(transaction, 1, one, '2026-01-01');
      if (!result.ok) return result;
    }
    await openTestBooks(transaction);
    return ok(null);
  });
  value(opened);
  const deploy: TestBank['deploy'] = async (xml, files = {}) => {
    const folder = await mkdtemp(join(tmpdir(), 'huiliu-process-'));
    try {
      const all = { 'process.bpmn': xml, 'any.form.json': anyForm, ...files };
      for (const [name, text] of Object.entries(all)) {
        await writeFile(join(folder, name), text);
      }
      const waiver = { actor: testOfficer, reason: 'a test of something else' };
      return value(await runtime.deployProcess({ actor: testOfficer, folder, waiver })).modelId;
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  return { ...bank, runtime, clock, deploy };
}

/** The value of a result that must be ok; a test fails with the refusal otherwise. */
export function value<T>(result: Result<T>): T {
  assert(result.ok, `it is not refused: ${result.ok ? '' : JSON.stringify(result)}`);
  return result.value;
}

/** A member of staff in one post. */
export function staff(person: string, role: string, unitCode = '0101', login = person): Actor {
  return {
    login,
    person,
    customerNumber: null,
    unitCode,
    posts: [{ role, unit: unitCode }],
  };
}

/** Somebody who acts for a customer. */
export function customer(customerNumber: string): Actor {
  const login = customerNumber.toLowerCase();
  return { login, person: customerNumber, customerNumber, unitCode: '0101', posts: [] };
}

/**
 * A process file from its nodes and flows: `nodes` are XML of flow elements, `flows` such as
 * 'start > review > end' or 'gate > end : amount > 10' (a condition) or 'gate > end : default'.
 */
export function processXml(given: {
  readonly id: string;
  readonly attributes?: string;
  readonly lanes?: readonly {
    readonly role: string;
    readonly unit: string;
    readonly nodes: string;
  }[];
  readonly nodes: string;
  readonly flows: readonly string[];
  /** Elements beside the process: messages, signals, errors. */
  readonly beside?: string;
}): string {
  const flows = given.flows.flatMap((line) => {
    const [path = '', condition] = line.split(' : ');
    const nodes = path.split(' > ').map((node) => node.trim());
    return nodes.slice(1).map((target, at) => {
      const last = at === nodes.length - 2;
      return { source: nodes[at] ?? '', target, condition: last ? condition : undefined };
    });
  });
  const idOf = (flow: (typeof flows)[number]) => `${flow.source}_to_${flow.target}`;
  const nodes = flows
    .filter((flow) => flow.condition === 'default')
    .reduce(
      (text, flow) =>
        text.replace(`id="${flow.source}"`, `id="${flow.source}" default="${idOf(flow)}"`),
      given.nodes,
    );
  const flowXml = flows.map((flow) => {
    const ends = `sourceRef="${flow.source}" targetRef="${flow.target}"`;
    const head = `<bpmn:sequenceFlow id="${idOf(flow)}" ${ends}`;
    if (flow.condition === undefined || flow.condition === 'default') return `${head}/>`;
    const condition = flow.condition.replaceAll('<', '&lt;');
    const expression = `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`;
    return `${head}>${expression}</bpmn:sequenceFlow>`;
  });
  const lanes = (given.lanes ?? []).map(({ role, unit: rule, nodes: members }, at) => {
    const refs = members.split(' ').map((id) => `<bpmn:flowNodeRef>${id}</bpmn:flowNodeRef>`);
    const attributes = `name="${role}" huiliu:role="${role}" huiliu:unit="${rule}"`;
    return `<bpmn:lane id="lane_${at}" ${attributes}>${refs.join('')}</bpmn:lane>`;
  });
  const laneSet =
    lanes.length === 0 ? '' : `<bpmn:laneSet id="lanes">${lanes.join('')}</bpmn:laneSet>`;
  const own = given.attributes ?? '';
  const attributes = own.includes('casePrefix') ? own : `huiliu:casePrefix="YW" ${own}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:huiliu="urn:huiliu:bpmn:1" targetNamespace="urn:test" id="definitions">
${given.beside ?? ''}
<bpmn:process id="${given.id}" name="${given.id}" isExecutable="true" huiliu:startValues="all"
  ${attributes}>
${laneSet}${nodes}${flowXml.join('\n')}
</bpmn:process></bpmn:definitions>`;
}
