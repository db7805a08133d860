import { parseAmount } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { SalaryLine } from '../../store/products/salaries.ts';

/**
 * Reads the lines of a salary order: account,name,amount in yuan, a line each, no heading; empty
 * lines are passed over. Refused: the first line that is not so, by its number.
 */
export function readSalaryLines(
  text: string,
): Result<readonly SalaryLine[], 'salary_line_not_readable'> {
  const lines: SalaryLine[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const [accountNumber = '', name = '', amount = '', ...rest] = line.split(',');
    const parsed = parseAmount(amount.trim(), 'CNY');
    const isLine = /^[0-9A-Za-z-]{3,40}$/.test(accountNumber.trim()) && rest.length === 0;
    if (!isLine || !parsed.ok || name.trim().length > 200) {
      return refuse('salary_line_not_readable', { line: String(index + 1) });
    }
    const amountMinor = parsed.value;
    lines.push({ accountNumber: accountNumber.trim(), name: name.trim(), amountMinor });
  }
  return ok(lines);
}
