import { type CalendarDate, isCalendarDate } from './dates.ts';
import { ok, type Result, refuse } from './result.ts';

/** regionKnown false is a warning, not a refusal: fictional numbers use unassigned regions. */
export type ResidentId = {
  readonly number: string;
  readonly regionCode: string;
  readonly regionKnown: boolean;
  readonly birthDate: CalendarDate;
  readonly sex: 'male' | 'female';
};

export type ResidentIdRefusal =
  | 'resident_id_malformed'
  | 'resident_id_birth_date_not_valid'
  | 'resident_id_check_digit_wrong';

/**
 * A resident identity number, 公民身份号码: 6 region, 8 birth date, 3 serial (odd is male), 1 check.
 * `x` is read as X. Source: GB 11643-1999, ISO 7064 MOD 11-2. A birth date after `today`: refused.
 */
export function checkResidentId(
  text: string,
  today: CalendarDate = '9999-12-31',
): Result<ResidentId, ResidentIdRefusal> {
  const number = text.trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return refuse('resident_id_malformed', {});
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isCalendarDate(birthDate) || birthDate > today) {
    return refuse('resident_id_birth_date_not_valid', {});
  }
  if (residentIdCheckDigit(number.slice(0, 17)) !== number[17]) {
    return refuse('resident_id_check_digit_wrong', {});
  }
  return ok({
    number,
    regionCode: number.slice(0, 6),
    regionKnown: isProvince(number.slice(0, 2)),
    birthDate,
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
  });
}

const residentIdWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The check digit of the first 17 digits. */
export function residentIdCheckDigit(digits: string): string {
  const sum = residentIdWeights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return '10X98765432'[sum % 11] ?? '';
}

/** First two digits of GB/T 2260 codes: the 34 provinces and what stands beside them. */
function isProvince(code: string): boolean {
  const codes = '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54';
  return `${codes} 61 62 63 64 65 71 81 82 83`.split(' ').includes(code);
}

export type CreditCode = {
  readonly number: string;
  /** Registering authority: 9 is market regulation. */
  readonly authority: string;
  readonly regionCode: string;
  readonly regionKnown: boolean;
  readonly organisationCode: string;
};

export type CreditCodeRefusal =
  | 'credit_code_malformed'
  | 'credit_code_check_character_wrong'
  | 'credit_code_organisation_wrong';

const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditCodeWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/**
 * A unified social credit code, 统一社会信用代码: authority, class, 6 region, 9 organisation code,
 * check character. No I, O, S, V, Z. Source: GB 32100-2015; organisation code GB 11714-1997.
 */
export function checkCreditCode(text: string): Result<CreditCode, CreditCodeRefusal> {
  const number = text.trim().toUpperCase();
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(number)) {
    return refuse('credit_code_malformed', {});
  }
  if (creditCodeCheckCharacter(number.slice(0, 17)) !== number[17]) {
    return refuse('credit_code_check_character_wrong', {});
  }
  const organisationCode = number.slice(8, 17);
  if (!isOrganisationCode(organisationCode)) return refuse('credit_code_organisation_wrong', {});
  return ok({
    number,
    authority: number.slice(0, 1),
    regionCode: number.slice(2, 8),
    regionKnown: isProvince(number.slice(2, 4)),
    organisationCode,
  });
}

/** The check character of the first 17: 31 less the weighted sum modulo 31. */
export function creditCodeCheckCharacter(characters: string): string {
  const sum = creditCodeWeights.reduce(
    (total, weight, i) => total + weight * creditCodeAlphabet.indexOf(characters[i] ?? ''),
    0,
  );
  return creditCodeAlphabet[(31 - (sum % 31)) % 31] ?? '';
}

/** The check character of an organisation code's first 8 characters. Source: GB 11714-1997. */
export function organisationCodeCheckCharacter(characters: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce(
    (total, weight, i) => total + weight * Number.parseInt(characters[i] ?? '', 36),
    0,
  );
  return '0X987654321'[sum % 11] ?? '';
}

/** True for 8 characters and their check character, without the hyphen. */
export function isOrganisationCode(text: string): boolean {
  return /^[0-9A-Z]{8}[0-9X]$/.test(text) && organisationCodeCheckCharacter(text) === text[8];
}

/** The Luhn check digit that makes the number of a card or an account whole (ISO/IEC 7812-1). */
export function luhnCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = digits.length - 1, double = true; i >= 0; i -= 1, double = !double) {
    const digit = Number(digits[i]) * (double ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return String((10 - (sum % 10)) % 10);
}

/** True for digits whose last one is the Luhn check digit of those before it. */
export function passesLuhn(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && luhnCheckDigit(digits.slice(0, -1)) === digits.at(-1);
}

/**
 * A bank card's number: 16 to 19 digits, Luhn. Blanks between groups are allowed.
 * Source: ISO/IEC 7812; cards of UnionPay begin with 62.
 */
export function checkCardNumber(
  text: string,
): Result<string, 'card_number_malformed' | 'card_number_check_digit_wrong'> {
  const number = text.replace(/ /g, '');
  if (!/^\d{16,19}$/.test(number)) return refuse('card_number_malformed', {});
  return passesLuhn(number) ? ok(number) : refuse('card_number_check_digit_wrong', {});
}

/**
 * A bank's line number in CNAPS, 行号: 3 bank, 4 city, 4 branch, 1 check (ISO 7064 MOD 11,10, which
 * every published number that was tried satisfies).
 */
export function checkBankNumber(
  text: string,
): Result<string, 'bank_number_malformed' | 'bank_number_check_digit_wrong'> {
  const number = text.trim();
  if (!/^\d{12}$/.test(number)) return refuse('bank_number_malformed', {});
  return bankNumberCheckDigit(number.slice(0, 11)) === number[11]
    ? ok(number)
    : refuse('bank_number_check_digit_wrong', {});
}

/** The check digit of a line number's first 11 digits. */
export function bankNumberCheckDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** A legal entity identifier: 18 characters and 2 check digits. Source: ISO 17442, MOD 97-10. */
export function checkLegalEntityIdentifier(
  text: string,
): Result<string, 'lei_malformed' | 'lei_check_digits_wrong'> {
  const number = text.trim().toUpperCase();
  if (!/^[0-9A-Z]{18}\d{2}$/.test(number)) return refuse('lei_malformed', {});
  const digits = [...number].map((character) => Number.parseInt(character, 36)).join('');
  return BigInt(digits) % 97n === 1n ? ok(number) : refuse('lei_check_digits_wrong', {});
}
