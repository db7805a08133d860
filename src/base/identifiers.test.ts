import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  bankNumberCheckDigit,
  checkBankNumber,
  checkCardNumber,
  checkCreditCode,
  checkLegalEntityIdentifier,
  checkResidentId,
  isOrganisationCode,
  luhnCheckDigit,
  organisationCodeCheckCharacter,
  passesLuhn,
} from './identifiers.ts';
import { derivedUuid, isUuidV7, uuidInstant, uuidV7 } from './uuid.ts';

describe('resident ID', () => {
  test.each([
    ['11010519491231002X', true, '1949-12-31', 'female'],
    ['11010519491231002x', true, '1949-12-31', 'female'],
    ['440524188001010014', true, '1880-01-01', 'male'],
    ['999999199001010016', false, '1990-01-01', 'male'],
    ['999999200002290123', false, '2000-02-29', 'female'],
    ['999999198511150073', false, '1985-11-15', 'male'],
  ])('%s', (number, regionKnown, birthDate, sex) => {
    expect(checkResidentId(number)).toMatchObject({ value: { regionKnown, birthDate, sex } });
  });
  test.each([
    ['1101051949123100', 'resident_id_malformed'],
    ['11010519491231002Y', 'resident_id_malformed'],
    ['11010519491331002X', 'resident_id_birth_date_not_valid'],
    ['999999203002280123', 'resident_id_birth_date_not_valid'],
    ['110105194912310021', 'resident_id_check_digit_wrong'],
    ['440524188001010015', 'resident_id_check_digit_wrong'],
  ])('%s: %s', (number, code) => {
    expect(checkResidentId(number, '2026-11-21')).toMatchObject({ ok: false, code });
  });
});

describe('unified social credit code', () => {
  test.each([
    ['91100000100003962T'],
    ['91330100799655058B'],
    ['91350100M000100Y43'],
    ['91110000600037341L'],
    ['91000000MA0000007C'],
    ['91000000123456788T'],
    ['91000000MA1B2C3D8N'],
  ])('%s', (number) => {
    expect(checkCreditCode(number)).toMatchObject({ ok: true, value: { number } });
  });
  test.each([
    ['91350100M000100Y4Z', 'credit_code_malformed'],
    ['9110000010000396IT', 'credit_code_malformed'],
    ['91350100M000100Y4', 'credit_code_malformed'],
    ['91350100M000100Y44', 'credit_code_check_character_wrong'],
    ['91000000123456789X', 'credit_code_organisation_wrong'],
  ])('%s: %s', (number, code) => {
    expect(checkCreditCode(number)).toMatchObject({ ok: false, code });
  });
  test('organisation code', () => {
    expect(organisationCodeCheckCharacter('10000396')).toBe('2');
    expect(isOrganisationCode('100003962')).toBe(true);
    expect(isOrganisationCode('100003963')).toBe(false);
  });
});

test.each([
  ['622202000000000000', '0'],
  ['62170000000000000', '6'],
  ['621700123456789012', '2'],
  ['453275000000000', '9'],
])('card %s has the check digit %s', (digits, check) => {
  expect(luhnCheckDigit(digits)).toBe(check);
  expect(checkCardNumber(`${digits}${check}`)).toEqual({ ok: true, value: `${digits}${check}` });
  expect(checkCardNumber(`${digits}${(Number(check) + 1) % 10}`)).toMatchObject({
    code: 'card_number_check_digit_wrong',
  });
});
test('a card has 16 to 19 digits', () => {
  expect(checkCardNumber('6222 0200 0000 0000 000')).toMatchObject({ ok: true });
  expect(checkCardNumber('78949')).toMatchObject({ code: 'card_number_malformed' });
});

test.each([
  ['10210009999', '6'],
  ['99900000001', '4'],
  ['99858400001', '3'],
])('bank number %s has the check digit %s', (digits, check) => {
  expect(bankNumberCheckDigit(digits)).toBe(check);
  expect(checkBankNumber(`${digits}${check}`)).toMatchObject({ ok: true });
  expect(checkBankNumber(`${digits}${(Number(check) + 1) % 10}`)).toMatchObject({
    code: 'bank_number_check_digit_wrong',
  });
  expect(checkBankNumber(digits)).toMatchObject({ code: 'bank_number_malformed' });
});

test.each([
  ['529900T8BM49AURSDO55', null],
  ['529900T8BM49AURSDO56', 'lei_check_digits_wrong'],
  ['529900T8BM49AURSDO5', 'lei_malformed'],
])('LEI %s', (number, code) => {
  const checked = checkLegalEntityIdentifier(number);
  expect(checked.ok ? null : checked.code).toBe(code);
});

describe('UUID version 7', () => {
  const random = Uint8Array.from([0xff, 1, 0xff, 3, 4, 5, 6, 7, 8, 9]);
  test('carries its instant', () => {
    const at = Date.UTC(2026, 10, 21, 10, 0, 0, 123);
    const id = uuidV7(at, random);
    expect(id.slice(13)).toBe('-7f01-bf03-040506070809');
    expect([isUuidV7(id), uuidInstant(id)]).toEqual([true, at]);
  });
  test.each(['', '00000000-0000-4000-8000-000000000000', '019AA5E8-A27B-7F01-BF03-040506070809'])(
    '%s is none',
    (text) => {
      expect([isUuidV7(text), uuidInstant(text)]).toEqual([false, null]);
    },
  );
  test('derived ids are distinct, valid and the same every time', () => {
    const id = uuidV7(1, random);
    const ids = Array.from({ length: 10_000 }, (_, n) => derivedUuid(id, n));
    expect(new Set([id, ...ids]).size).toBe(10_001);
    expect(ids.every(isUuidV7)).toBe(true);
    expect(ids.every((derived) => uuidInstant(derived) === 1)).toBe(true);
    const twice = ids
      .slice(0, 100)
      .flatMap((one) => ids.slice(0, 100).map((_, n) => derivedUuid(one, n)));
    expect(new Set([id, ...ids, ...twice]).size).toBe(20_001);
    expect(derivedUuid(id, 7)).toBe(ids[7]);
  });
});

const folder = process.env.HUILIU_DATA;
describe.skipIf(folder === undefined)('published vectors (HUILIU_DATA)', () => {
  const checks = folder && JSON.parse(readFileSync(`${folder}/cn/cn-checks.json`, 'utf8'));
  test('resident IDs, credit codes, Luhn', () => {
    const ids = checks.resident_id_GB11643_1999;
    const codes = checks.uscc_GB32100_2015;
    for (const number of ids.valid) expect(checkResidentId(number).ok).toBe(true);
    for (const number of ids.derived_invalid) expect(checkResidentId(number).ok).toBe(false);
    for (const number of codes.valid) expect(checkCreditCode(number).ok).toBe(true);
    for (const number of codes.invalid) expect(checkCreditCode(number).ok).toBe(false);
    for (const number of checks.card_luhn_ISO7812.valid) expect(passesLuhn(number)).toBe(true);
    for (const number of checks.card_luhn_ISO7812.invalid) expect(passesLuhn(number)).toBe(false);
  });
});
