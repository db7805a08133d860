import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outcome, readBack } from './testing.ts';
import { xesHead, xesTail, xesTrace } from './xes-writer.ts';

test('what is written is read back', { timeout: 60_000 }, () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }).filter((text) => {
    const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
    return text.isWellFormed() && !forbidden.test(text);
  });
  const time = fc.integer({ min: Date.UTC(1000, 0, 2), max: Date.UTC(9999, 0, 1) });
  fc.assert(
    fc.property(
      name,
      fc.array(fc.tuple(name, time), { minLength: 1, maxLength: 6 }),
      (of, told) => {
        const events = told.map(
          ([does, at]) =>
            [
              { type: 'string', key: 'concept:name', value: does },
              { type: 'date', key: 'time:timestamp', value: at },
              { type: 'int', key: 'n', value: 1n },
            ] as const,
        );
        const trace = { attributes: [{ type: 'string', key: 'concept:name', value: of }], events };
        const file = xesHead() + xesTrace(trace as Parameters<typeof xesTrace>[0]) + xesTail;
        const ordered = told.toSorted((a, b) => a[1] - b[1]);
        expect(outcome(readBack(file))).toEqual(
          ordered.map(([does, at]) => `${of}|${does}|complete||${at}`),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('characters that XML forbids become U+FFFD', () => {
  const trace = { attributes: [{ type: 'string', key: 'k', value: 'a\0b\uFFFE' }], events: [] };
  expect(xesTrace(trace as Parameters<typeof xesTrace>[0])).toContain('value="a\uFFFDb\uFFFD"');
});
