import { describe, expect, test } from 'vitest';
import type { Values } from '../../base/data.ts';
import type { Facts, ServiceOperation } from '../../ledger/service-operation.ts';
import { takeApplication } from './application.ts';
import { conveneCommittee, issueApproval, measureExposure } from './approval.ts';
import { draftContract, loanToValuePpm, openContract, registerCollateral } from './contract.ts';
import { checkCreditLine, grantCreditLine } from './credit-line.ts';
import { recordCreditReport } from './credit-report.ts';
import { approveDisbursement, disburse } from './disburse.ts';
import { beginDrawdown, requestDrawdown } from './drawdown.ts';
import { askReconsideration } from './reconsider.ts';
import { loanOperations } from './tasks.ts';
import { contract, input, outcome } from './testing.ts';

const line = {
  lineNumber: 'SX-1',
  amountMinor: 500n,
  usedMinor: 100n,
  status: 'in_force',
  validTo: '2026-11-20',
};
const approval = {
  approvalNumber: 'PF-1',
  amountMinor: 300n,
  termMonths: 12n,
  ratePpm: 36_500n,
  validTo: '2026-11-20',
  customerNumber: 'C1',
};
const drawn = { ...contract, drawnMinor: 200n, outstandingMinor: 200n, undrawnMinor: 100n };
const facts = {
  contract,
  line,
  collateral: [{ registrationNumber: 'R1', images: 1n }],
  entrustedFromMinor: 1_000n,
  glCode: '1303',
  settlementDay: 20n,
  deposit: { accountNumber: 'D1', customerNumber: 'C1', status: 'open' },
};
const drawdown = {
  drawdownAmountMinor: 300n,
  customerNumber: 'C1',
  depositAccountNumber: 'D1',
  productCode: 'working_capital',
  disbursementConfirmed: true,
};

describe('loan.disburse refuses in this order', () => {
  test.each([
    ['field_missing', {}, {}],
    ['field_missing', { ...drawdown, disbursementConfirmed: false }, facts],
    ['field_missing', { ...drawdown, disbursementConfirmed: null }, facts],
    ['value_missing', { disbursementConfirmed: true }, {}],
    ['amount_not_positive', { ...drawdown, drawdownAmountMinor: 0n }, {}],
    ['contract_missing', drawdown, {}],
    ['contract_of_other', { ...drawdown, customerNumber: 'C2' }, facts],
    ['contract_closed', drawdown, { ...facts, contract: { ...contract, closedOn: '2026-11-19' } }],
    [
      'approval_expired',
      drawdown,
      { ...facts, contract: { ...contract, approvalValidTo: '2026-11-19' } },
    ],
    [
      'availability_expired',
      drawdown,
      {
        ...facts,
        contract: { ...drawn, availableTo: '2026-11-19', approvalValidTo: '2026-11-19' },
      },
    ],
    ['contract_drawn_in_full', drawdown, { ...facts, contract: { ...drawn, undrawnMinor: 0n } }],
    ['exceeds_contract', { ...drawdown, drawdownAmountMinor: 101n }, { ...facts, contract: drawn }],
    ['note_outlives_contract', { ...drawdown, drawdownMonths: 13n }, facts],
    ['exceeds_contract', { ...drawdown, drawdownAmountMinor: 301n }, facts],
    ['parameter_missing', drawdown, { ...facts, entrustedFromMinor: null }],
    [
      'entrusted_payment_required',
      drawdown,
      {
        ...facts,
        entrustedFromMinor: 299n,
        contract: { ...contract, paymentMethod: 'self_directed' },
      },
    ],
    ['payee_missing', drawdown, { ...facts, contract: { ...contract, payeeAccountNumber: null } }],
    ['credit_line_expired', drawdown, { ...facts, line: { ...line, validTo: '2026-11-19' } }],
    ['credit_line_expired', drawdown, { ...facts, line: null }],
    ['exceeds_credit_line', drawdown, { ...facts, line: { ...line, usedMinor: 201n } }],
    ['collateral_not_registered', drawdown, { ...facts, collateral: [] }],
    [
      'certificate_image_missing',
      drawdown,
      { ...facts, collateral: [...facts.collateral, { registrationNumber: 'R2', images: 0n }] },
    ],
    [
      'margin_not_held',
      drawdown,
      { ...facts, contract: { ...contract, creditProtection: 'margin' } },
    ],
    [
      'settlement_account_missing',
      drawdown,
      { ...facts, deposit: { ...facts.deposit, status: 'closed' } },
    ],
    ['settlement_account_missing', drawdown, { ...facts, deposit: null }],
    [
      'settlement_account_of_other',
      drawdown,
      { ...facts, deposit: { accountNumber: 'D1', customerNumber: 'C2' } },
    ],
    ['ok', drawdown, facts],
  ] as const)('%s', (code, values, given) => {
    expect(outcome(disburse, values, given)).toBe(code);
  });

  test('entrusted: note to deposit to payee, one posting, one note with its schedule', () => {
    const result = disburse.decide(input(drawdown), facts);
    if (!result.ok) throw new Error(result.code);
    expect(result.value.postings).toEqual([
      {
        narrative: 'loan_disbursement',
        memoranda: [],
        transfers: [
          {
            debit: { accountNumber: 'JJ-DK-2026-000001' },
            credit: { accountNumber: 'D1' },
            amountMinor: 300n,
            currency: 'CNY',
          },
          {
            debit: { accountNumber: 'D1' },
            credit: { accountNumber: 'P1' },
            amountMinor: 300n,
            currency: 'CNY',
          },
        ],
      },
    ]);
    expect(result.value.records[0]?.values).toMatchObject({
      principalMinor: 300n,
      maturity: '2027-11-20',
      status: 'performing',
    });
  });

  test('self-directed below the amount: the borrower disposes of it', () => {
    const result = disburse.decide(input(drawdown), {
      ...facts,
      contract: { ...contract, paymentMethod: 'self_directed' },
    });
    expect(result.ok && result.value.postings[0]?.transfers).toHaveLength(1);
  });
});

test.each([
  ['in force, enough left', line, 400n, true],
  ['one cent too little', line, 401n, false],
  ['expired yesterday', { ...line, validTo: '2026-11-19' }, 1n, false],
  ['suspended', { ...line, status: 'suspended' }, 1n, false],
  ['none', null, 1n, false],
] as const)('credit line %s', (_what, given, amountMinor, valid) => {
  const result = checkCreditLine.decide(input({ amountMinor }), { line: given });
  expect(result.ok && result.value.values.creditLineValid).toBe(valid);
});

test('a granted line runs its months from the accounting date', () => {
  const values = {
    customerNumber: 'C1',
    productCode: 'working_capital',
    creditLineAmountMinor: 5n,
    creditLineMonths: 3n,
    amountMinor: 5n,
  };
  const result = grantCreditLine.decide(input(values), {});
  expect(result.ok && result.value.records[0]?.values.validTo).toBe('2027-02-20');
  const larger = { ...values, amountMinor: 6n };
  expect(outcome(grantCreditLine, larger)).toBe('credit_line_below_amount');
});

test('exposure is the group’s, with this application', () => {
  const exposure = { outstandingMinor: 2_900_000_000n, committedMinor: 0n };
  const result = measureExposure.decide(input({ amountMinor: 100_000_001n }), { exposure });
  expect(result.ok && result.value.values.totalExposureMinor).toBe(3_000_000_001n);
});

test.each([
  // holders  acted        members
  [['a', 'b', 'c', 'd', 'e'], [], ['a', 'b', 'c', 'd', 'e']],
  [['a', 'b', 'c', 'd', 'e', 'f'], ['a'], ['b', 'c', 'd', 'e', 'f']],
  [['a', 'b', 'c', 'd'], [], ['a', 'b', 'c']],
  [['a', 'b', 'c'], ['b'], 'committee_too_small'],
] as const)('committee of %j without %j', (logins, acted, expected) => {
  const holders = logins.map((login) => ({ login, person: login }));
  const result = conveneCommittee.decide(input({}), { holders, acted: [...acted], seats: 5n });
  expect(result.ok ? result.value.values.committeeMembers : result.code).toEqual(expected);
});

test.each([
  ['2026-10-21', 'ok'],
  ['2026-10-20', 'credit_report_too_old'],
] as const)('approval on a credit report of %s: %s', (creditReportDate, code) => {
  const values = {
    amountMinor: 3n,
    termMonths: 12n,
    ratePpm: 1n,
    customerNumber: 'C1',
    totalExposureMinor: 300n,
    creditReportDate,
  };
  expect(outcome(issueApproval, values, { months: 6n, reportDaysMax: 30n })).toBe(code);
});

test.each([
  // first drawn     today         asked  the note's maturity
  [null, undefined, '2027-11-20'],
  ['2026-11-20', undefined, '2027-11-20'],
  ['2026-11-05', undefined, '2027-10-20'],
  ['2025-12-10', undefined, 'note_outlives_contract'],
  ['2026-11-05', 3n, '2027-02-20'],
  ['2026-11-05', 12n, 'note_outlives_contract'],
] as const)('a contract drawn first on %s, a note of %s months today: %s', (first, asked, end) => {
  const given = { ...facts, contract: { ...contract, drawnMinor: 1n, firstDrawnOn: first } };
  const values = asked === undefined ? drawdown : { ...drawdown, drawdownMonths: asked };
  const result = disburse.decide(input(values), given);
  expect(result.ok ? result.value.values.maturity : result.code).toBe(end);
});

test('a further drawdown begins with the terms of its contract, or is refused at once', () => {
  const result = beginDrawdown.decide(input({ customerNumber: 'C1' }), { contract: drawn });
  expect(result.ok && result.value.values).toMatchObject({
    loanCaseNumber: 'DK-2026-000001',
    undrawnMinor: 100n,
    payeeAccountNumber: 'P1',
    availabilityEndsAt: '2026-11-21T00:00:00+08:00',
  });
  expect(outcome(beginDrawdown, { customerNumber: 'C2' }, { contract: drawn })).toBe(
    'contract_of_other',
  );
});

test('a case that comes back keeps its contract', () => {
  const result = openContract.decide(input({}), { approval, contract });
  expect(result.ok && result.value.records).toEqual([]);
  expect(outcome(openContract, {}, { approval: null })).toBe('approval_missing');
});

const context = { at: Date.UTC(2026, 10, 21, 16), accountingDate: '2026-11-20' };
const onWeekend = (operation: ServiceOperation, values: Values, given: Facts = {}) => {
  const { context: usual } = input(values);
  const result = operation.decide({ values, context: { ...usual, ...context } }, given);
  return result.ok ? result.value : result.code;
};

// Sunday 2026-11-22 at the bank; the accounting date is still Friday's.
test.each([
  ['2026-11-22', 30n, 'ok'],
  ['2026-11-23', 30n, 'credit_report_in_future'],
  ['2026-10-21', 30n, 'ok'],
  ['2026-10-20', 30n, 'credit_report_too_old'],
  ['2026-02-30', 30n, 'value_of_other_kind'],
  ['2026-11-20', null, 'parameter_missing'],
] as const)('a credit report of %s, valid %s days: %s', (creditReportDate, reportDaysMax, code) => {
  const answer = onWeekend(recordCreditReport, { creditReportDate }, { reportDaysMax });
  expect(typeof answer === 'string' ? answer : 'ok').toBe(code);
});

test.each([
  ['2026-11-19', 'contract_date_not_valid'],
  ['2026-11-20', 'ok'],
  ['2026-11-22', 'ok'],
  ['2026-11-23', 'contract_date_not_valid'],
] as const)('a contract dated %s: %s', (contractDate, code) => {
  const given = { approval: { ...approval, validFrom: '2026-11-20' }, contract: null };
  const answer = onWeekend(openContract, { contractDate }, given);
  expect(typeof answer === 'string' ? answer : 'ok').toBe(code);
});

test.each([
  ['ok', { accountNumber: 'D1', status: 'open', customerNumber: 'C1' }],
  ['settlement_account_missing', null],
  ['settlement_account_missing', { accountNumber: 'D1', status: 'closed', customerNumber: 'C1' }],
  ['settlement_account_of_other', { accountNumber: 'D1', status: 'open', customerNumber: 'C2' }],
] as const)('an application for money to an account: %s', (code, deposit) => {
  expect(outcome(takeApplication, { customerNumber: 'C1' }, { deposit })).toBe(code);
});

test.each([
  ['ok', 105n, 950_000n],
  ['margin_not_enough', 104n, 950_000n],
  ['margin_not_enough', null, 950_000n],
  ['parameter_missing', 105n, null],
] as const)('99 lent on a margin: %s with %s there', (code, availableMinor, marginPpm) => {
  const terms = { amountMinor: 99n, termMonths: 12n, ratePpm: 1n, customerNumber: 'C1' };
  const values = { ...terms, totalExposureMinor: 99n, creditReportDate: '2026-11-20' };
  const given = { months: 6n, reportDaysMax: 30n, marginPpm, deposit: { availableMinor } };
  expect(outcome(issueApproval, { ...values, creditProtection: 'margin' }, given)).toBe(code);
  expect(outcome(issueApproval, { ...values, creditProtection: 'mortgage' }, given)).toBe('ok');
});

test('two applications side by side do not pass below what they exceed together', () => {
  const values = { amountMinor: 300n, termMonths: 12n, ratePpm: 1n, customerNumber: 'C1' };
  const decided = { ...values, creditReportDate: '2026-11-20', totalExposureMinor: 300n };
  const given = { months: 6n, reportDaysMax: 30n };
  const nothing = { outstandingMinor: 0n, committedMinor: 0n };
  expect(outcome(issueApproval, decided, { ...given, exposure: nothing })).toBe('ok');
  const approved = { ...nothing, committedMinor: 1n };
  expect(outcome(issueApproval, decided, { ...given, exposure: approved })).toBe(
    'exposure_has_grown',
  );
});

test('an approval is valid from the day people know, not from an older accounting date', () => {
  const values = { amountMinor: 1n, termMonths: 12n, ratePpm: 1n, customerNumber: 'C1' };
  const report = { ...values, creditReportDate: '2026-11-20', totalExposureMinor: 1n };
  const answer = onWeekend(issueApproval, report, { months: 6n, reportDaysMax: 30n });
  expect(answer).toMatchObject({
    values: { approvalValidTo: '2027-05-22', approvalExpiresAt: '2027-05-23T00:00:00+08:00' },
  });
});

test.each([
  [105n, { amountMinor: 105n, accountNumber: 'D1', purpose: 'loan_margin HT-DK-2026-000001' }],
  [104n, 'margin_not_enough'],
] as const)('99 signed on a margin with %s there', (availableMinor, held) => {
  const values = { creditProtection: 'margin', depositAccountNumber: 'D1' };
  const given = {
    ...{ approval: { ...approval, amountMinor: 99n }, contract: null },
    ...{ marginPpm: 950_000n, deposit: { availableMinor } },
  };
  const result = openContract.decide(input(values), given);
  expect(result.ok ? result.value.records[1]?.values : result.code).toEqual(held);
});

test.each([
  [true, '2027-11-20'],
  [false, '2026-11-20'],
] as const)('a contract that revolves (%s) may be drawn on until %s', (revolving, availableTo) => {
  const result = openContract.decide(input({ contractRevolving: revolving }), { approval });
  expect(result.ok && result.value.records[0]?.values).toMatchObject({ revolving, availableTo });
});

const seller = { accountNumber: 'P1', status: 'open', name: '甲公司', customerNumber: 'C2' };
const entrusted = {
  customerNumber: 'C1',
  paymentMethod: 'entrusted',
  payeeName: '甲公司',
  payeeAccountNumber: 'P1',
};
test.each([
  ['ok', { paymentMethod: 'self_directed' }, null],
  ['ok', entrusted, seller],
  ['payee_missing', { ...entrusted, payeeName: ' ' }, seller],
  ['payee_missing', { ...entrusted, payeeAccountNumber: null }, seller],
  ['payee_account_unknown', entrusted, null],
  ['payee_account_unknown', entrusted, { ...seller, status: 'closed' }],
  ['payee_is_borrower', entrusted, { ...seller, customerNumber: 'C1' }],
  ['payee_name_differs', { ...entrusted, payeeName: '乙公司' }, seller],
] as const)('a drafted contract: %s', (code, values, payee) => {
  expect(outcome(draftContract, values, { payee })).toBe(code);
});

test.each([
  ['ok', { disbursementDecision: 'approve', conditionsMet: ['a', 'b'] }],
  ['condition_not_met', { disbursementDecision: 'approve', conditionsMet: ['a'] }],
  ['condition_not_met', { disbursementDecision: 'approve' }],
  ['return_reason_missing', { disbursementDecision: 'return', conditionsMet: ['a', 'b'] }],
  ['ok', { disbursementDecision: 'return', disbursementOpinion: '缺附件' }],
] as const)('CRED-12 the conditions precedent: %s', (code, values) => {
  const result = approveDisbursement.decide(input(values, { conditions: 'a b' }), {});
  expect(result.ok ? 'ok' : result.code).toBe(code);
});

test('collateral is booked off the balance sheet', () => {
  const values = { collateralRegistration: 'R1', collateralValueMinor: 520n };
  const result = registerCollateral.decide(input(values), { glCode: '7101', images: ['h'] });
  expect(outcome(registerCollateral, values, { glCode: '7101', images: [] })).toBe(
    'certificate_image_missing',
  );
  expect(result.ok && result.value.postings[0]?.memoranda[0]).toMatchObject({
    direction: 'in',
    amountMinor: 520n,
  });
  expect(loanToValuePpm(300n, { valueMinor: 520n })).toBe(576_924n);
  expect(loanToValuePpm(300n, null)).toBeNull();
});

test.each([
  ['ok', { reconsiderationDecision: 'accept' }],
  ['new_grounds_missing', { reconsiderationDecision: 'ask', newGrounds: ' ' }],
  ['ok', { reconsiderationDecision: 'ask', newGrounds: '追加抵押' }],
  [
    'reconsideration_used',
    { reconsiderationDecision: 'ask', newGrounds: '追加抵押', reconsiderations: 1n },
  ],
] as const)('asking the committee again: %s', (code, values) => {
  expect(outcome(askReconsideration, values)).toBe(code);
});

test('drawdown request checks what the disbursement will check first', () => {
  expect(outcome(requestDrawdown, drawdown, facts)).toBe('ok');
  expect(
    outcome(requestDrawdown, drawdown, {
      ...facts,
      contract: { ...contract, approvalValidTo: '2026-05-20' },
    }),
  ).toBe('approval_expired');
});

test('every operation has one name', () => {
  expect(new Set(loanOperations.map((operation) => operation.name)).size).toBe(
    loanOperations.length,
  );
});
