import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assert, present } from '../../src/base/assert.ts';
import type { EmbeddedDatabase } from '../../src/store/embedded/embedded.ts';
import { childrenCpuUs, serverCpuUs } from './cpu.ts';

/** The newest pgbench of this machine; null when there is none. */
export async function findPgbench(): Promise<string | null> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => [] as string[]); // no such folder: no pgbench
  for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
    const file = join(root, version, 'bin/pgbench');
    const found = await access(file).then(
      () => true,
      () => false, // this version came without it
    );
    if (found) return file;
  }
  return null;
}

function pgbenchArguments(embedded: EmbeddedDatabase): string[] {
  const address = embedded.address('huiliu_owner', 'bench');
  assert('socketFolder' in address, 'the bench database answers on a socket');
  return ['-h', address.socketFolder, '-p', String(address.port), '-U', 'huiliu_owner'];
}

/** Makes pgbench's own tables, of scale 10, beside the ledger's. */
export async function prepareTpcB(pgbench: string, embedded: EmbeddedDatabase): Promise<void> {
  const sized = ['-i', '-q', '-s', '10', 'bench'];
  await promisify(execFile)(pgbench, [...pgbenchArguments(embedded), ...sized]);
}

/**
 * Transactions per second of pgbench's TPC-B-like script, prepared statements, so many clients; and
 * the CPU of one in the backends and in pgbench, in µs.
 */
export async function tpcB(
  pgbench: string,
  embedded: EmbeddedDatabase,
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<{ readonly perSecond: number; readonly cpuUs: number }> {
  const how = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds)];
  const before = await serverCpuUs(embedded.pid);
  // The shell tells what its child has used.
  const { stdout } = await promisify(execFile)('bash', [
    ...['-c', '"$@"; times', 'bash', pgbench],
    ...[...pgbenchArguments(embedded), ...how, 'bench'],
  ]);
  const inServer = (await serverCpuUs(embedded.pid)) - before;
  const count = Number(present(/processed: (\d+)/.exec(stdout)?.[1], 'how many pgbench did'));
  return {
    perSecond: Number(present(/tps = ([\d.]+)/.exec(stdout)?.[1], 'the tps of pgbench')),
    cpuUs: (inServer + childrenCpuUs(stdout)) / count,
  };
}
