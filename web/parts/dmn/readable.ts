import i18next from 'i18next';
import type { DecisionTable } from '../../../src/contract/decisions.ts';
import { amountText } from '../money.tsx';

/** FEEL's own words for "whatever it is". */
const anything = /^\s*(-)?\s*$/;
const literal = /"((?:[^"\\]|\\.)*)"|-?\d+(?:\.\d+)?|<=|>=|\.\.|!=/g;

/** The name an expression ends with: `customer.creditRating` is about creditRating. */
function nameOf(expression: string): string {
  return /([\p{L}_][\p{L}\p{N}_]*)\s*$/u.exec(expression)?.[1] ?? '';
}

function choiceText(name: string, value: string): string {
  const key = `choice.${name}.${value}`;
  return i18next.exists(key) ? i18next.t(key) : value;
}

const signs: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥', '..': ' – ', '!=': '≠' };

/**
 * A cell as people read it: amounts in yuan where the column counts in fen, choices by their names,
 * signs instead of pairs of characters. What FEEL says exactly stays in the title of the cell.
 */
export function readableCell(cell: string, expression: string): string {
  if (anything.test(cell)) return '–';
  const name = nameOf(expression);
  const inFen = name.endsWith('Minor');
  const inMillionths = name.endsWith('Ppm');
  return cell.trim().replace(literal, (found, text: string | undefined) => {
    if (text !== undefined) return choiceText(name, text);
    if (found in signs) return signs[found] ?? found;
    if (inFen && /^-?\d+$/.test(found)) return amountText(found, 'CNY');
    if (inMillionths && /^-?\d+$/.test(found)) return `${Number(found) / 10_000}%`;
    return found;
  });
}

/** `产品 · Product` in the language of the reader; one name is for both. */
export function headText(label: string, language: string): string {
  const [zh = '', en] = label.split(' · ').map((part) => part.trim());
  return language === 'en' && en !== undefined && en !== '' ? en : zh;
}

/** The head of a column whose amounts are shown in yuan though it counts in fen. */
export function inYuan(head: string): string {
  return head.replace('（分）', '（元）').replace('(fen)', '(yuan)');
}

/** Names one after another, as the language strings them. */
export function listText(names: readonly string[], language: string): string {
  return names.join(language === 'en' ? ', ' : '、');
}

/** Whether a cell says anything at all. */
export function isAnything(cell: string): boolean {
  return anything.test(cell);
}

/** The key of the words for what a table does with the rows that match. */
export function policyKey(
  hitPolicy: DecisionTable['hitPolicy'],
  aggregation: DecisionTable['aggregation'],
): string {
  const policy = hitPolicy.replace(' ', '_');
  return aggregation === null ? `hitPolicy.${policy}` : `hitPolicy.${policy}.${aggregation}`;
}
