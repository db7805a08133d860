import { assert } from './assert.ts';
import { AMOUNT_MINOR_MAX } from './money.ts';
import { ok, type Result, refuse } from './result.ts';

const digitWords = '零壹贰叁肆伍陆柒捌玖';
const placeWords = ['', '拾', '佰', '仟'] as const;

/**
 * A 零 the rule leaves to the writer: the unit before it ends in 0 and the next digit is not 0
 * (支付结算办法 附一 第五条). The canonical text writes it where the table of the rule shows it.
 */
type FreeZero = { readonly canonical: boolean };
type Piece = string | FreeZero;

/**
 * An amount of yuan and fen in the one canonical form, such as 壹仟肆佰零玖元伍角, without 人民币
 * before it. amountMinor: 分, 0 to 18 digits. Source: 支付结算办法, 附一《正确填写票据和结算凭证的
 * 基本规定》第五条.
 */
export function amountInWords(amountMinor: bigint): string {
  return pieces(amountMinor)
    .map((piece) => (typeof piece === 'string' ? piece : piece.canonical ? '零' : ''))
    .join('');
}

/** Every form the rule accepts for an amount, canonical first; 圆, 正 and old characters aside. */
function acceptedForms(amountMinor: bigint): string[] {
  const parts = pieces(amountMinor);
  let forms = [''];
  for (const part of parts) {
    if (typeof part === 'string') forms = forms.map((form) => form + part);
    else {
      const choices = part.canonical ? ['零', ''] : ['', '零'];
      forms = choices.flatMap((choice) => forms.map((form) => form + choice));
    }
  }
  const endsAtJiao = amountMinor % 100n !== 0n && amountMinor % 10n === 0n;
  const withEnd = endsAtJiao ? [...forms, ...forms.map((form) => `${form}整`)] : forms;
  const noYuan = amountMinor > 0n && amountMinor < 100n;
  return noYuan ? [...withEnd, ...withEnd.flatMap((form) => zeroYuanForms(form))] : withEnd;
}

/** 伍角 may also be written 零元伍角, and 伍分 as 零元零伍分. */
function zeroYuanForms(form: string): string[] {
  return form.includes('角') ? [`零元${form}`] : [`零元零${form}`, `零元零角${form}`];
}

function pieces(amountMinor: bigint): Piece[] {
  assert(amountMinor >= 0n && amountMinor <= AMOUNT_MINOR_MAX, 'an amount in words is 0 or more');
  const yuan = amountMinor / 100n;
  const jiao = Number((amountMinor / 10n) % 10n);
  const fen = Number(amountMinor % 10n);
  const parts: Piece[] = yuan === 0n ? [] : [...yuanPieces(yuan), '元'];
  if (jiao === 0 && fen === 0) return yuan === 0n ? ['零元整'] : [...parts, '整'];
  if (yuan > 0n && jiao === 0) parts.push('零');
  else if (yuan > 0n && yuan % 10n === 0n) parts.push({ canonical: true });
  if (jiao > 0) parts.push(`${digitWords[jiao]}角`);
  if (fen > 0) parts.push(`${digitWords[fen]}分`);
  return parts;
}

/** Groups of four digits: at most eight digits stand before 亿 and eight after it. */
function yuanPieces(yuan: bigint): Piece[] {
  const high = yuan / 100_000_000n;
  const low = yuan % 100_000_000n;
  if (high === 0n) return belowYi(low);
  const parts: Piece[] = [...belowYi(high), '亿'];
  if (low === 0n) return parts;
  // Nothing in 万, but a 仟: the rule names 万位 0 with 千位 not 0 as a free choice.
  if (low >= 1_000n && low < 10_000n) return [...parts, { canonical: true }, ...belowYi(low)];
  return [...parts, ...zeroBetween(high, low, 10_000_000n), ...belowYi(low)];
}

function belowYi(value: bigint): Piece[] {
  const high = value / 10_000n;
  const low = value % 10_000n;
  if (high === 0n) return fourDigits(low);
  const parts: Piece[] = [...fourDigits(high), '万'];
  if (low === 0n) return parts;
  return [...parts, ...zeroBetween(high, low, 1_000n), ...fourDigits(low)];
}

/**
 * What stands between a unit and the group after it. leading: the group's highest place. Zeros at
 * the group's head need a 零; a 0 at the end of the unit before it allows one.
 */
function zeroBetween(high: bigint, low: bigint, leading: bigint): Piece[] {
  if (low < leading) return ['零'];
  return high % 10n === 0n ? [{ canonical: false }] : [];
}

/** 1 to 9999; zeros inside are one 零, zeros at the end are nothing. */
function fourDigits(value: bigint): Piece[] {
  let text = '';
  let zeros = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Number((value / 10n ** BigInt(place)) % 10n);
    if (digit === 0) {
      zeros = text !== '';
      continue;
    }
    text += `${zeros ? '零' : ''}${digitWords[digit]}${placeWords[place]}`;
    zeros = false;
  }
  return [text];
}

/** Old or simplified shapes of one character that a bank must accept, and what they stand for. */
const sameCharacter: Readonly<Record<string, string>> = {
  圆: '元',
  圓: '元',
  正: '整',
  貳: '贰',
  叄: '叁',
  參: '叁',
  陸: '陆',
  萬: '万',
  億: '亿',
};

/**
 * Reads what a person wrote, in any form the rule accepts: with or without 人民币, 元 or 圆, 整 or
 * 正, traditional characters, and each 零 the rule leaves free. Compare the amounts, never the
 * texts. The refusal amount_words_not_valid covers everything else, such as 一二三 or a 分 with 整.
 */
export function parseAmountInWords(text: string): Result<bigint, 'amount_words_not_valid'> {
  const written = [...text.replace(/\s/g, '').replace(/^人民币/, '')]
    .map((character) => sameCharacter[character] ?? character)
    .join('');
  const amountMinor = readLoosely(written);
  if (amountMinor === null || amountMinor > AMOUNT_MINOR_MAX) {
    return refuse('amount_words_not_valid', {});
  }
  return acceptedForms(amountMinor).includes(written)
    ? ok(amountMinor)
    : refuse('amount_words_not_valid', {});
}

/** What the characters add up to; whether they stand in an accepted order is checked afterwards. */
function readLoosely(text: string): bigint | null {
  const parts = /^(?:(.*)元)?(?:(.)角)?(?:零|零角)?(?:([^角整])分)?整?$/.exec(
    text.replace('元零', '元'),
  );
  if (parts === null || text === '' || text.length > 60) return null;
  const yuan = readYuan(parts[1] ?? '');
  const jiao = digitWords.indexOf(parts[2] ?? '零');
  const fen = digitWords.indexOf(parts[3] ?? '零');
  if (yuan === null || jiao < 0 || fen < 0) return null;
  return yuan * 100n + BigInt(jiao * 10 + fen);
}

function readYuan(text: string): bigint | null {
  let total = 0n;
  let group = 0n;
  let digit = 0n;
  for (const character of text) {
    const value = digitWords.indexOf(character);
    const place = placeWords.indexOf(character as '拾');
    if (value >= 0) digit = BigInt(value);
    else if (place > 0) {
      group += digit * 10n ** BigInt(place);
      digit = 0n;
    } else if (character === '万' || character === '亿') {
      const unit = character === '万' ? 10_000n : 100_000_000n;
      const below = total % unit;
      total = character === '万' ? total + (group + digit) * unit : (below + group + digit) * unit;
      group = 0n;
      digit = 0n;
    } else return null;
  }
  return total + group + digit;
}
