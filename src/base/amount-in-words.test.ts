import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { amountInWords, parseAmountInWords } from './amount-in-words.ts';
import { dateInWords, monthAndDayInWords, parseDateInWords } from './dates.ts';
import { parseAmount } from './money.ts';

const table: [string, string, string[]][] = [
  ['1409.50', '壹仟肆佰零玖元伍角', ['壹仟肆佰零玖元伍角整']],
  ['6007.14', '陆仟零柒元壹角肆分', []],
  ['1680.32', '壹仟陆佰捌拾元零叁角贰分', ['壹仟陆佰捌拾元叁角贰分']],
  ['107000.53', '壹拾万柒仟元零伍角叁分', ['壹拾万零柒仟元伍角叁分', '壹拾万零柒仟元零伍角叁分']],
  ['16409.02', '壹万陆仟肆佰零玖元零贰分', []],
  ['325.04', '叁佰贰拾伍元零肆分', []],
  ['0.05', '伍分', ['零元零伍分']],
  ['0.50', '伍角', ['伍角整', '零元伍角']],
  ['0.53', '伍角叁分', []],
  ['0.00', '零元整', []],
  ['10.00', '壹拾元整', ['壹拾圆整', '壹拾元正']],
  ['10.50', '壹拾元零伍角', ['壹拾元伍角整']],
  ['10010.01', '壹万零壹拾元零壹分', []],
  ['100000000.00', '壹亿元整', ['壹億圓整']],
  ['100020003.40', '壹亿零贰万零叁元肆角', ['壹亿零贰万零叁元肆角整']],
  ['200005000.00', '贰亿零伍仟元整', ['贰亿伍仟元整']],
  ['1050000000.00', '壹拾亿伍仟万元整', ['壹拾亿零伍仟万元整']],
  [
    '123456789012.34',
    '壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分',
    ['人民币壹仟贰佰叁拾肆億伍仟陆佰柒拾捌萬玖仟零壹拾贰元叁角肆分'],
  ],
  ['1000000000000.00', '壹万亿元整', []],
  [
    '9999999999999999.99',
    `${'玖仟玖佰玖拾玖万玖仟玖佰玖拾玖'.concat('亿')}玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分`,
    [],
  ],
];

describe('amounts in words, both ways (handbook 20)', () => {
  test.each(table)('%s is %s', (figure, words, also) => {
    const amount = parseAmount(figure, 'CNY');
    expect(amount.ok && amountInWords(amount.value)).toBe(words);
    for (const text of [words, `人民币${words}`, ...also]) {
      expect([text, parseAmountInWords(text)]).toEqual([text, amount]);
    }
  });

  test.each([
    [''],
    ['人民币'],
    ['一百元整'],
    ['壹拾元'], // 到元为止须写整
    ['拾元整'], // 壹拾, never 拾 alone
    ['陆仟柒元整'], // the 零 inside is not free
    ['陆仟零零柒元整'],
    ['伍角叁分整'],
    ['壹元零伍角'], // 元 is not 0, no 零 is allowed
    ['壹元伍分'], // 角 is 0 and 分 is not: 零 is a must
    ['壹佰贰佰元整'],
    ['壹万万元整'],
    ['伍分伍角'],
    ['壹拾元整壹角'],
    ['a'.repeat(100)],
  ])('%s is not accepted', (text) => {
    expect(parseAmountInWords(text)).toMatchObject({ ok: false, code: 'amount_words_not_valid' });
  });

  test('every amount comes back, over many sizes', () => {
    let amountMinor = 1n;
    for (let i = 0; i < 20_000; i += 1) {
      // A full-period generator over 2^61, cut to every length: numbers rich in zeros come in turn.
      amountMinor =
        (amountMinor * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 61n;
      const cut = amountMinor % 10n ** BigInt((i % 18) + 1);
      const zeroed = i % 3 === 0 ? (cut / 10_000n) * 10_000n + (cut % 100n) : cut;
      expect(parseAmountInWords(amountInWords(zeroed))).toEqual({ ok: true, value: zeroed });
    }
  });
});

describe('dates of bills in capitals', () => {
  test.each([
    ['2026-02-12', '贰零贰陆年零贰月壹拾贰日'],
    ['2026-10-20', '贰零贰陆年零壹拾月零贰拾日'],
    ['2026-11-30', '贰零贰陆年壹拾壹月零叁拾日'],
    ['2026-12-31', '贰零贰陆年壹拾贰月叁拾壹日'],
    ['2005-03-09', '贰零零伍年叁月零玖日'],
  ])('%s is %s', (date, words) => {
    expect(dateInWords(date)).toBe(words);
    expect(parseDateInWords(words)).toEqual({ ok: true, value: { date, standard: true } });
  });
  test.each([
    ['贰零贰陆年贰月拾贰日', '2026-02-12'],
    ['贰零贰陆年壹拾月贰拾日', '2026-10-20'],
  ])('%s is read, not standard', (words, date) => {
    expect(parseDateInWords(words)).toEqual({ ok: true, value: { date, standard: false } });
  });
  test.each(['2026年2月12日', '贰零贰陆年零贰月叁拾日', '贰零贰陆年壹拾叁月零壹日', ''])(
    '%s is refused',
    (words) => {
      expect(parseDateInWords(words)).toMatchObject({ ok: false, code: 'date_words_not_valid' });
    },
  );
});

const folder = process.env.HUILIU_DATA;
describe.skipIf(folder === undefined)('published vectors (HUILIU_DATA)', () => {
  const checks = folder && JSON.parse(readFileSync(`${folder}/cn/cn-checks.json`, 'utf8'));
  test('amounts', () => {
    expect(checks.rmb_uppercase.cases.length).toBeGreaterThan(5);
    for (const { amount, accept } of checks.rmb_uppercase.cases) {
      const figure = parseAmount(amount, 'CNY');
      for (const text of accept) expect([text, parseAmountInWords(text)]).toEqual([text, figure]);
      expect(accept).toContain(`人民币${figure.ok ? amountInWords(figure.value) : ''}`);
    }
  });
  test('dates', () => {
    for (const { date, text } of checks.bill_date_uppercase.cases) {
      expect(monthAndDayInWords(`2026-${date}`)).toBe(text);
    }
  });
});
