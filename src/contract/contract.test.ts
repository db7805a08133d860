import { describe, expect, test } from 'vitest';
import { signInRequest } from './session.ts';
import { caseNumberShape, dateShape, idempotencyKeyShape, moneyShape } from './shapes.ts';
import { completeRequest, tasksQuery } from './tasks.ts';

describe('small shapes', () => {
  test.each([
    ['money', moneyShape, '0', true],
    ['money', moneyShape, '500000000', true],
    ['money', moneyShape, '-1', true],
    ['money', moneyShape, '999999999999999999', true],
    ['money', moneyShape, '1000000000000000000', false],
    ['money', moneyShape, '00', false],
    ['money', moneyShape, '-0', false],
    ['money', moneyShape, '1.5', false],
    ['money', moneyShape, '１', false],
    ['money', moneyShape, 1, false],
    ['date', dateShape, '2026-11-21', true],
    ['date', dateShape, '2026-13-21', false],
    ['date', dateShape, '2026-1-21', false],
    ['key', idempotencyKeyShape, '01936a2e-7d3c-7b4e-9c1a-0123456789ab', true],
    ['key, version 4', idempotencyKeyShape, '01936a2e-7d3c-4b4e-9c1a-0123456789ab', false],
    ['case', caseNumberShape, 'LN20261121000001', true],
    ['case', caseNumberShape, 'LN/1', false],
  ] as const)('%s: %4$s', (_name, shape, value, accepted) => {
    expect(shape.safeParse(value).success).toBe(accepted);
  });
});

describe('requests are strict', () => {
  test.each([
    ['sign-in', signInRequest, { login: 'a', password: 'b' }, true],
    ['sign-in, unknown key', signInRequest, { login: 'a', password: 'b', role: 'admin' }, false],
    ['complete, no values', completeRequest, {}, true],
    ['complete, unknown key', completeRequest, { values: {}, status: 'completed' }, false],
    ['tasks, defaults', tasksQuery, {}, true],
    ['tasks, unknown filter', tasksQuery, { filter: 'theirs' }, false],
    ['tasks, page at the limit', tasksQuery, { limit: '200' }, true],
    ['tasks, page one past the limit', tasksQuery, { limit: '201' }, false],
  ] as const)('%s', (_name, shape, value, accepted) => {
    expect(shape.safeParse(value).success).toBe(accepted);
  });
});
