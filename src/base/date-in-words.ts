import { type CalendarDate, dateOf, dateParts, isCalendarDate } from './dates.ts';
import { ok, type Result, refuse } from './result.ts';

const digitWords = '零壹贰叁肆伍陆柒捌玖';

/**
 * A bill's date in capitals, such as 贰零贰陆年零贰月壹拾贰日. Months 1, 2 and 10 and days 1 to 10,
 * 20 and 30 take a leading 零, so that nothing can be written before them.
 * Source: 支付结算办法, 附一, 第六条.
 */
export function dateInWords(date: CalendarDate): string {
  const { year } = dateParts(date);
  const yearWords = [...String(year).padStart(4, '0')].map((digit) => digitWords[Number(digit)]);
  return `${yearWords.join('')}年${monthAndDayInWords(date)}`;
}

/** The month and day of a bill's date, such as 零壹拾月零贰拾日. */
export function monthAndDayInWords(date: CalendarDate): string {
  const { month, day } = dateParts(date);
  const monthZero = month === 1 || month === 2 || month === 10 ? '零' : '';
  const dayZero = day <= 10 || day === 20 || day === 30 ? '零' : '';
  return `${monthZero}${numberInWords(month)}月${dayZero}${numberInWords(day)}日`;
}

/** 1 to 31; 11 is 壹拾壹, 20 is 贰拾. */
function numberInWords(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return `${tens > 0 ? `${digitWords[tens]}拾` : ''}${ones > 0 ? digitWords[ones] : ''}`;
}

/** standard: written as the rule asks; a bank may accept another form at the drawer's risk. */
export type WrittenDate = { readonly date: CalendarDate; readonly standard: boolean };

/**
 * Reads a bill's date in capitals. Not in capitals (2026年2月12日) or no such day: refused. Capitals
 * without the leading 零 or 壹 are read and marked as not standard.
 */
export function parseDateInWords(text: string): Result<WrittenDate, 'date_words_not_valid'> {
  const written = text.replace(/\s/g, '').replaceAll('貳', '贰').replaceAll('陸', '陆');
  const parts = /^([零壹贰叁肆伍陆柒捌玖]{4})年([^月]{1,4})月([^日]{1,4})日$/.exec(written);
  const month = readNumber(parts?.[2] ?? '');
  const day = readNumber(parts?.[3] ?? '');
  if (parts === null || month === null || day === null) return refuse('date_words_not_valid', {});
  const year = [...(parts[1] ?? '')].map((word) => digitWords.indexOf(word)).join('');
  const date = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  if (!isCalendarDate(date)) return refuse('date_words_not_valid', {});
  return ok({ date: dateOf(dateParts(date)), standard: dateInWords(date) === written });
}

function readNumber(text: string): number | null {
  const parts = /^零?(?:([壹贰叁]?)(拾))?([壹贰叁肆伍陆柒捌玖]?)$/.exec(text);
  if (parts === null) return null;
  const tens =
    parts[2] === undefined ? 0 : parts[1] === '' ? 1 : digitWords.indexOf(parts[1] ?? '');
  const ones = parts[3] === '' ? 0 : digitWords.indexOf(parts[3] ?? '');
  const number = tens * 10 + ones;
  return number === 0 ? null : number;
}
