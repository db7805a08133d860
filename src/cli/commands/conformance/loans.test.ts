import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { suite as features } from './loan-features.ts';
import { suite as schedules } from './loan-schedules.ts';
import { readScenarios } from './loans/gherkin.ts';
import { dateOfText, minorOfText, textOfMinor } from './loans/texts.ts';

const data = process.env.HUILIU_DATA;

describe.skipIf(data === undefined)('loans of other people (HUILIU_DATA)', () => {
  const loans = join(data ?? '', 'loans');

  test('84 published schedules, every figure to the cent', async () => {
    const report = await schedules.run(join(loans, 'fineract-schedules-reproduced.json'));
    expect(report.cases).toEqual([]);
    expect(report.passed).toBe(84);
  });

  test('50 scenarios of equal instalments, early, late and overdue', async () => {
    const report = await features.run(join(loans, 'EMICalculation-Part1.feature'));
    expect(report.cases).toEqual([]);
    expect(report.passed).toBe(50);
  });
});

const feature = `@Loans
Feature: two
  Background:
    Given a bank
  @TestRailId:C1
  Scenario: one
    When it opens # on time
    # not this
    Then it has:
      | a | b |
      | 1 |   |
  Scenario Outline: many
    When <n> come
    Examples:
      | n |
      | 1 |
      | 2 |
`;

test('a feature file: backgrounds, tags, tables, outlines', () => {
  const scenarios = readScenarios(feature);
  expect(scenarios.map(({ name }) => name)).toEqual(['one', 'many (1)', 'many (2)']);
  expect(scenarios[0]?.tags).toEqual(['@TestRailId:C1']);
  expect(scenarios[0]?.steps.map(({ text }) => text)).toEqual([
    'a bank',
    'it opens # on time',
    'it has:',
  ]);
  expect(scenarios[0]?.steps[2]?.table).toEqual([
    ['a', 'b'],
    ['1', ''],
  ]);
  expect(scenarios[2]?.steps.map(({ text }) => text)).toEqual(['a bank', '2 come']);
});

test.each([
  ['01 February 2024', '2024-02-01'],
  ['1 Feb 2024', '2024-02-01'],
  ['2024-02-01', null],
  ['10', null],
])('date %s', (text, date) => {
  expect(dateOfText(text)).toBe(date);
});

test.each([
  ['1,725.5', 172_550n, '1725.50'],
  ['-0.07', -7n, '-0.07'],
  ['100', 10_000n, '100.00'],
  ['1.005', null, '(none)'],
  ['', null, '(none)'],
])('amount %s', (text, minor, shown) => {
  expect(minorOfText(text)).toBe(minor);
  expect(textOfMinor(minor)).toBe(shown);
});
