import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processXml } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { call } from './testing.ts';

/**
 * Who gets what from every route that names one thing. The thing belongs to the first company of
 * the outlet 110101 and its case lies at the sub-branch 110100. A route that is not in the table
 * fails.
 */
const readers = {
  own: 'li.na',
  above: 'xu.lin',
  headOffice: 'fang.zhihua',
  below: 'zhao.ting',
  sibling: 'sun.peng',
  otherBranch: 'yang.fan',
  customer: 'qiheng.110101',
  otherCustomer: 'jiahe.110101',
} as const;
type Reader = keyof typeof readers;
type Row = readonly [
  route: string,
  json: object | null,
  statuses: { readonly [r in Reader]: number },
];

const caseReading = {
  ...{ own: 200, above: 200, headOffice: 200, below: 404 },
  ...{ sibling: 404, otherBranch: 404, customer: 200, otherCustomer: 404 },
};
/** What stands on the company's account, for staff alone. */
const ofAccount = { ...caseReading, below: 200, customer: 403, otherCustomer: 403 };
const taskOrder = {
  // Staff in whose scope the case lies hear that they are no candidates; others hear nothing.
  ...{ own: 403, above: 403, headOffice: 403, below: 404 },
  ...{ sibling: 404, otherBranch: 404, customer: 403, otherCustomer: 404 },
};
const heldTask = { ...taskOrder, own: 422, above: 422, headOffice: 403, customer: 422 };

const noNote = {
  ...{ own: 404, above: 404, headOffice: 404, below: 404 },
  ...{ sibling: 404, otherBranch: 404, customer: 404, otherCustomer: 404 },
};

const catalogue = {
  ...{ own: 200, above: 200, headOffice: 200, below: 200 },
  ...{ sibling: 200, otherBranch: 200, customer: 403, otherCustomer: 403 },
};
/** Tables are read by who may read decisions, wherever the unit; this one is not there. */
const noTable = { ...noNote, below: 403, customer: 403, otherCustomer: 403 };
/** None of these readers drafts tables. */
const noVersion = {
  ...{ own: 403, above: 403, headOffice: 403, below: 403 },
  ...{ sibling: 403, otherBranch: 403, customer: 403, otherCustomer: 403 },
};

/** Auditors and those who answer for results look at insight; this log is not there. */
const imported = { ...noVersion, headOffice: 404, otherBranch: 404 };

const rows: readonly Row[] = [
  ['get /api/cases/{caseNumber}', null, caseReading],
  ['get /api/cases/{caseNumber}/history', null, caseReading],
  ['get /api/cases/{caseNumber}/entries', null, caseReading],
  ['get /api/cases/{caseNumber}/documents', null, caseReading],
  ['get /api/cases/{caseNumber}/documents/{documentId}', null, caseReading],
  ['get /api/cases/{caseNumber}/diagram', null, caseReading],
  [
    'get /api/cases/{caseNumber}/decisions',
    null,
    { ...caseReading, below: 403, customer: 403, otherCustomer: 403 },
  ],
  [
    'post /api/cases/{caseNumber}/documents',
    { kind: 'papers', title: 'a.pdf', content: btoa('%PDF-1.7 a') },
    { ...caseReading, own: 422, above: 422, headOffice: 422 },
  ],
  [
    'post /api/cases/{caseNumber}/prints',
    { paper: 'note' },
    { ...caseReading, own: 422, above: 422, headOffice: 422, customer: 403 },
  ],
  [
    'post /api/cases/{caseNumber}/messages',
    { messageName: 'funds_received' },
    { ...caseReading, own: 422, above: 422, headOffice: 422, customer: 422 },
  ],
  [
    'post /api/cases/{caseNumber}/withdraw',
    {},
    { ...caseReading, own: 422, above: 422, headOffice: 422, customer: 422 },
  ],
  ['get /api/tasks/{id}', null, taskOrder],
  ['post /api/tasks/{id}/claim', {}, { ...taskOrder, own: 409, above: 409, customer: 409 }],
  ['post /api/tasks/{id}/release', {}, heldTask],
  ['put /api/tasks/{id}/draft', { values: {} }, heldTask],
  ['post /api/tasks/{id}/complete', { values: {} }, heldTask],
  ['post /api/tasks/{id}/return', { reason: '补充材料' }, heldTask],
  ['post /api/tasks/{id}/draft', { values: {} }, heldTask],
  ['post /api/tasks/{id}/transfer', { to: 'li.na' }, heldTask],
  ['post /api/tasks/{id}/delegate', { to: 'li.na' }, heldTask],
  ['post /api/tasks/{id}/resolve', { values: {} }, heldTask],
  ['post /api/tasks/{id}/add-signer', { place: 'before', to: 'li.na' }, heldTask],
  ['post /api/tasks/{id}/remove-signer', { signer: 'li.na', reason: 'x' }, heldTask],
  ['post /api/tasks/{id}/copy', { to: ['li.na'] }, heldTask],
  ['post /api/tasks/{id}/recall', {}, heldTask],
  ['post /api/tasks/{id}/urge', {}, { ...taskOrder, customer: 200 }],
  ['get /api/tasks/{id}/people', null, heldTask],
  ['get /api/tasks/{id}/parts', null, taskOrder],
  ['get /api/cases/{caseNumber}/orders', null, caseReading],
  ['post /api/cases/{caseNumber}/terminate', { reason: 'x' }, taskOrder],
  [
    'post /api/copies/{id}/read',
    {},
    {
      ...{ own: 404, above: 404, headOffice: 404, below: 404 },
      ...{ sibling: 404, otherBranch: 404, customer: 403, otherCustomer: 403 },
    },
  ],
  ['get /api/customers/{customerNumber}', null, { ...caseReading, below: 200 }],
  // A vault is seen by whoever reads the ledger of its unit or of one above.
  [
    'get /api/cash/boxes/{boxNumber}',
    null,
    { ...caseReading, below: 200, customer: 403, otherCustomer: 403 },
  ],
  ['get /api/accounts/{accountNumber}/statement', null, { ...caseReading, below: 200 }],
  // The order's payer is the company's account; none of these readers decides about orders.
  ['get /api/salaries/{orderId}', null, ofAccount],
  ['get /api/salaries/{orderId}/lines', null, ofAccount],
  ['post /api/salaries/{orderId}/decide', { decision: 'declined' }, noVersion],
  // A product is read by all staff; none of these readers changes one.
  ['get /api/products/{family}/{code}', null, catalogue],
  ['post /api/products/{family}/{code}/changes', {}, noVersion],
  ['post /api/products/changes/{id}/close', { kind: 'approved', reason: 'x' }, noVersion],
  // An imported log that is not there: who may not look at insight is not told even that.
  ['delete /api/insight/logs/{id}', null, imported],
  // A note is seen by whoever sees its account; a deposit account is no note.
  ['get /api/loans/{noteNumber}', null, noNote],
  ['get /api/loans/{noteNumber}/prepayment', null, noNote],
  // A bill that is not there; customers have no register to look into.
  ['get /api/bills/{billNumber}', null, { ...noNote, customer: 403, otherCustomer: 403 }],
  ['get /api/decisions/{processId}/{fileName}', null, noTable],
  ['post /api/decisions/versions/{versionId}/close', { kind: 'withdrawn', reason: 'x' }, noVersion],
  [
    'get /api/processes/{processId}',
    null,
    {
      ...{ own: 200, above: 200, headOffice: 200, below: 200 },
      ...{ sibling: 200, otherBranch: 200, customer: 403, otherCustomer: 403 },
    },
  ],
  [
    'get /api/processes/{processId}/changes',
    null,
    {
      ...{ own: 200, above: 200, headOffice: 200, below: 200 },
      ...{ sibling: 200, otherBranch: 200, customer: 403, otherCustomer: 403 },
    },
  ],
];

const pool = processXml({
  id: 'pool',
  attributes: 'huiliu:nameEn="Pool" huiliu:catalogue="P98" huiliu:casePrefix="CH"',
  lanes: [
    { role: 'customer', unit: 'customer', nodes: 'start' },
    { role: 'committee_member', unit: 'own', nodes: 'make end' },
  ],
  nodes: `<bpmn:startEvent id="start"/>
    <bpmn:userTask id="make" name="经办" huiliu:nameEn="Make"/>
    <bpmn:endEvent id="end" huiliu:outcome="made"/>`,
  flows: ['start > make > end'],
});

let bank: ServedBank;
/** What stands in the places of a route. */
const places: { [name: string]: string } = {
  ...{ processId: 'pool', customerNumber: '10000001' },
  ...{ boxNumber: '110101-K', family: 'deposit', code: 'corporate_current' },
  ...{ fileName: 'none.dmn', versionId: '01a20042-74ed-7ba5-b3ae-c23141e438e2' },
};

beforeAll(async () => {
  bank = await serveBank([{ xml: pool }]);
  const { customer } = readers;
  const started = await bank.as(customer, 'POST', '/api/cases', { processId: 'pool' });
  const { caseNumber } = started.body;
  const paper = { kind: 'papers', title: 'b.pdf', content: btoa('%PDF-1.7 b') };
  const added = await bank.as(customer, 'POST', `/api/cases/${caseNumber}/documents`, paper);
  const tasks = await bank.as('deng.chao', 'GET', `/api/tasks?caseNumber=${caseNumber}`);
  const { id } = tasks.body.tasks[0];
  await bank.as('deng.chao', 'POST', `/api/tasks/${id}/claim`);
  const accounts = await bank.as(customer, 'GET', '/api/accounts');
  const { accountNumber } = accounts.body.accounts[0];
  const salaries = { payerAccountNumber: accountNumber, text: '62220000,某人,1.00' };
  const taken = await bank.as(readers.below, 'POST', '/api/salaries', salaries);
  const { orderId } = taken.body.order;
  const { documentId } = added.body.document;
  const noteNumber = accountNumber;
  Object.assign(places, {
    orderId,
    billNumber: 'B1',
    caseNumber,
    documentId,
    id,
    accountNumber,
    noteNumber,
  });
});
afterAll(async () => await bank.close());

describe('data scope follows the tree', () => {
  test('ORG-01 every route that names one thing is in the table', async () => {
    const { body } = await call(bank.address, 'GET', '/openapi.json');
    const routes = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(rows.map(([route]) => route).sort()).toEqual(
      routes.filter((route) => route.includes('{')).sort(),
    );
  });

  test.each(rows)('ORG-01 %s', async (route, json, statuses) => {
    const [method = '', pattern = ''] = route.split(' ');
    const place = pattern.replace(/\{(\w+)\}/g, (_whole, name: string) => places[name] ?? '');
    const path = place.endsWith('/prepayment') ? `${place}?principalMinor=100` : place;
    const found: { [reader: string]: number } = {};
    for (const [reader, login] of Object.entries(readers)) {
      const answer = await bank.as(login, method.toUpperCase(), path, json ?? undefined);
      found[reader] = answer.status;
      if (answer.status === 404) {
        const code = pattern.includes('/insight/logs/') ? 'insight_log_unknown' : 'not_found';
        expect([reader, answer.body.code, answer.body.facts]).toEqual([reader, code, {}]);
      }
    }
    expect(found).toEqual(statuses);
  });

  test.each([
    ['own', 1],
    ['above', 1],
    ['headOffice', 1],
    ['below', 0],
    ['sibling', 0],
    ['otherBranch', 0],
    ['customer', 1],
    ['otherCustomer', 0],
  ] as const)('ORG-01 the list of cases holds for %s %d', async (reader, total) => {
    const listed = await bank.as(readers[reader], 'GET', '/api/cases');
    expect(listed.body.total).toBe(total);
  });

  test.each([
    ['own', 200, 50],
    ['above', 200, 100],
    ['headOffice', 200, 200],
    ['sibling', 200, 50],
    ['customer', 403, undefined],
  ] as const)('ORG-01 the list of customers holds for %s %d %d', async (reader, status, total) => {
    const listed = await bank.as(readers[reader], 'GET', '/api/customers?limit=1');
    expect([listed.status, listed.body.total]).toEqual([status, total]);
  });

  test('nothing of all this was an error of the program', () => {
    expect(bank.failures).toEqual([]);
  });
});
