import { isCalendarDate } from '../../base/dates.ts';
import { formatAmount } from '../../base/money.ts';
import { systemClock, systemRandom } from '../../runtime/clock.ts';
import type { DayReport } from '../../runtime/day/report.ts';
import { createRuntime, type Runtime } from '../../runtime/runtime.ts';
import { readSettings } from '../../runtime/settings.ts';
import { type Call, type Command, type ExitCode, sayRefusal } from '../command.ts';
import { openToLook } from '../start/database.ts';

export const eod: Command = {
  usage: `huiliu eod [--date D] [--status]

Closes an accounting date (日终), beside a running server or without one: the twelve steps, with their
progress, and the report that ties every total. Killed or stopped, it is called again and goes on
where it stood; a date that is closed gives its report again. Exit code 1 when it stopped.

  --date D   the date to close, such as 2026-11-20; the one that is open when left out
  --status   only says how far it is`,
  options: { date: { type: 'string' }, status: { type: 'boolean', default: false } },
  words: { min: 0, max: 0 },
  run: async (call) => {
    const date = call.options.date === undefined ? undefined : String(call.options.date);
    if (date !== undefined && !isCalendarDate(date)) {
      call.tell('--date is a day such as 2026-11-20.');
      return 2;
    }
    const settings = readSettings(call.environment, call.folder);
    if (!settings.ok) return sayRefusal(call, settings);
    const opened = await openToLook(settings.value, { connectionsMax: 8 });
    if (!opened.ok) return sayRefusal(call, opened);
    try {
      const { database } = opened.value;
      const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
      return await closeAndTell(call, runtime, date);
    } finally {
      await opened.value.close();
    }
  },
};

async function closeAndTell(
  call: Call,
  runtime: Runtime,
  date: string | undefined,
): Promise<ExitCode> {
  const closed =
    call.options.status === true
      ? null
      : await runtime.endOfDay({
          login: 'system',
          date,
          progress: ({ step, work, part, items, tookMs }) => {
            const name = part === '' ? work : `${work} ${part}`;
            call.tell(`${String(step).padStart(2)} ${name}: ${items} in ${tookMs} ms`);
          },
        });
  const report = await runtime.dayReport(closed?.ok ? closed.value.accountingDate : date);
  if (!report.ok) return sayRefusal(call, report);
  if (call.json) {
    const stopped = closed?.ok === false ? { code: closed.code, facts: closed.facts } : {};
    const answer = { ok: closed?.ok !== false, ...stopped, ...report.value };
    call.print(JSON.stringify(answer, (_key, value) => plain(value)));
    return closed?.ok === false ? 1 : 0;
  }
  for (const line of reportLines(report.value)) call.print(line);
  return closed?.ok === false ? sayRefusal(call, closed) : 0;
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function reportLines(report: DayReport): string[] {
  const { accountingDate, nextDate, status, proof, differences } = report;
  const head = `${accountingDate} → ${nextDate ?? '?'}: ${status}`;
  const steps = report.steps.map(({ number, step, status: state, items, begunAt, endedAt }) => {
    const took = begunAt === null || endedAt === null ? '' : `${endedAt - begunAt} ms`;
    const name = `${String(number).padStart(2)} ${step}`.padEnd(20);
    return `${name} ${state.padEnd(8)} ${String(items).padStart(10)} ${took.padStart(12)}`;
  });
  const lines = proof.map(({ rule, place, currency, leftMinor, rightMinor }) => {
    const sign = leftMinor === rightMinor ? '=' : '≠';
    const [left, right] = [leftMinor, rightMinor].map((minor) => formatAmount(minor, currency));
    return `   ${sign} ${rule} ${place} ${currency}: ${left} ${sign} ${right}`;
  });
  const total = `${proof.length} totals tied, ${differences} differ`;
  return [head, ...steps, ...lines, total];
}
