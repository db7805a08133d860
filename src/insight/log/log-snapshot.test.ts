import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventLog } from '../event-log.ts';
import { encodeUtf8 } from '../utf8.ts';
import { joinedLogs } from './joined-logs.ts';
import { LogReader } from './log-reader.ts';
import { decodeLog, encodeLog } from './log-snapshot.ts';

const attribute = (key: string, value: string) => `<string key="${key}" value="${value}"/>`;
/** Traces as XES: each event is its activity, its minute and perhaps an amount. */
function logOf(traces: readonly (readonly [string, string])[]): EventLog {
  const body = traces.map(([name, events]) => {
    const inner = [...events].map((does, i) => {
      const at = `<date key="time:timestamp" value="2026-01-01T08:${10 + ((i * 7) % 40)}:00Z"/>`;
      const money =
        does === 'P'
          ? `<int key="huiliu:amountMinor" value="${i}00"/>${attribute('huiliu:currency', 'CNY')}`
          : '';
      const more = attribute('org:resource', `u${i % 2}`) + attribute('concept:instance', `${i}`);
      const extra = i % 2 === 0 ? attribute('channel', `c${i}`) : '';
      return `<event>${attribute('concept:name', does)}${at}${more}${extra}${money}</event>`;
    });
    return `<trace>${attribute('concept:name', name)}${attribute('unit', `of ${name}`)}${inner.join('')}</trace>`;
  });
  const reader = new LogReader({ attributes: true });
  const refused = reader.push(encodeUtf8(`<log>${body.join('')}</log>`));
  if (refused) throw new Error(refused.code);
  const read = reader.end();
  if (!read.ok) throw new Error(read.code);
  return read.value.log;
}

const all = [
  ['a', 'XYPZ'],
  ['b', 'XZ'],
  ['c', 'YYP'],
] as const;

describe('a snapshot', () => {
  test('gives back every column, name and attribute', () => {
    const bytes = encodeLog(logOf(all), { kept: [1, 'two'] });
    const read = decodeLog(bytes);
    if (!read.ok) throw new Error(read.code);
    expect(encodeLog(read.value.log, read.value.extra)).toEqual(bytes);
    expect(read.value.extra).toEqual({ kept: [1, 'two'] });
    expect(read.value.log.attributes.map(({ name }) => name)).toEqual(['unit', 'channel']);
  });

  test('damaged bytes are refused, never read wrongly long', () => {
    const bytes = encodeLog(logOf(all), null);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const hurt = bytes.slice(0, change % 2 === 0 ? bytes.length : at);
        if (at < hurt.length) hurt[at]! ^= change;
        const read = decodeLog(hurt);
        if (!read.ok) expect(read.code).toBe('log_snapshot_damaged');
      }),
      { numRuns: 300 },
    );
  });
});

test('cases of two logs put together are what one file with them gives', () => {
  const [old, fresh] = [logOf([all[0], ['b', 'X'], all[2]]), logOf([['b', 'XZ']])];
  const joined = joinedLogs([
    { log: old, caseCode: 0 },
    { log: fresh, caseCode: 0 },
    { log: old, caseCode: 2 },
  ]);
  expect(encodeLog({ ...joined, work: null }, 0)).toEqual(
    encodeLog({ ...logOf(all), work: null }, 0),
  );
  expect(joined.work).not.toBeNull();
});
