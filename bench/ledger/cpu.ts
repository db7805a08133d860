import { readFile } from 'node:fs/promises';

/** Clock ticks of /proc are hundredths of a second. */
const usPerTick = 10_000;

/**
 * CPU that a PostgreSQL has used so far, in µs: the postmaster, what runs under it, and what ran
 * under it and has ended. From /proc; a process that ends meanwhile counts by its parent.
 */
export async function serverCpuUs(postmaster: number): Promise<number> {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  const living = children.split(' ').filter((pid) => pid !== '');
  const used = await Promise.all(living.map((pid) => ticksOf(pid, [11, 12])));
  const own = await ticksOf(String(postmaster), [11, 12, 13, 14]);
  return used.reduce((sum, ticks) => sum + ticks, own) * usPerTick;
}

/** Fields of /proc/PID/stat after the name: 11 and 12 its own time, 13 and 14 of its dead. */
async function ticksOf(pid: string, fields: readonly number[]): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''); // It has just ended.
  const values = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.reduce((sum, field) => sum + Number(values[field] ?? 0), 0);
}

/** User and system time of the children in what `times` of a shell says, in µs. */
export function childrenCpuUs(times: string): number {
  const last = times.trim().split('\n').at(-1) ?? '';
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1_000_000,
    0,
  );
}
