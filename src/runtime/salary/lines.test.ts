import { expect, test } from 'vitest';
import { readSalaryLines } from './lines.ts';

test.each([
  ['\ufeff6222,张三,1.00\r\n\n 6223 , 李四 ,20.5', '6222 张三 100, 6223 李四 2050'],
  ['', ''],
  ['6222,张三,0', '6222 张三 0'],
  ['6222,张三,1.00,x', 'line 1'],
  ['6222,张三,1.00\n6223,李四', 'line 2'],
  ['账号,户名,金额', 'line 1'],
  ['6222,张三,1.001', 'line 1'],
  ['=cmd|x,张三,1.00', 'line 1'],
  [`6222,${'三'.repeat(201)},1.00`, 'line 1'],
])('%j reads as %s', (text, wanted) => {
  const read = readSalaryLines(text);
  const found = read.ok
    ? read.value.map((one) => `${one.accountNumber} ${one.name} ${one.amountMinor}`).join(', ')
    : `line ${read.facts.line}`;
  expect(found).toBe(wanted);
});
