import { createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { LogSource } from '../../insight/analysis.ts';
import type { EventLog } from '../../insight/event-log.ts';
import { eventLog, type WantedLog } from '../../runtime/event-log.ts';
import { readBySnapshot } from '../../runtime/log/live-snapshot.ts';
import { readSettings, type Settings } from '../../runtime/settings.ts';
import type { Database } from '../../store/database.ts';
import { type Call, languageOf } from '../command.ts';
import { openToLook } from '../start/database.ts';

/** Languages in which the activities of our own log can be named. */
export const languages = ['zh-CN', 'en'] as const;

const cellId = 1;

/** What the options --process and --names ask for. */
export function wantedLog({ options, environment }: Call): WantedLog {
  const named = languages.find((language) => language === options.names);
  return {
    cellId,
    processId: typeof options.process === 'string' ? options.process : null,
    language: named ?? languageOf(environment),
  };
}

/** The bank's own event log: by its snapshot, only what is new since is read (live-snapshot.ts). */
export async function readLiveLog(
  call: Call,
  wanted: WantedLog,
): Promise<Result<{ log: EventLog; source: LogSource }>> {
  return await looking(
    call,
    async (database, settings) => await readBySnapshot(database, wanted, settings.dataFolder),
  );
}

/**
 * Writes the bank's own event log as XES, gzip when the name ends in .gz; the file appears whole or
 * not at all. Refusals: those of opening the database, file_not_writable.
 */
export async function writeLiveLog(
  call: Call,
  wanted: WantedLog,
  file: string,
): Promise<Result<string>> {
  return await looking(call, async (database) => {
    let draft: string | null = null;
    try {
      draft = await mkdtemp(join(dirname(file), `.${basename(file)}-`));
      const part = join(draft, 'log');
      const source = Readable.from(eventLog(database, wanted));
      if (file.endsWith('.gz')) await pipeline(source, createGzip(), createWriteStream(part));
      else await pipeline(source, createWriteStream(part));
      await rename(part, file);
      return ok(file);
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (code === undefined || syscall === undefined) throw error;
      return refuse('file_not_writable', { file, reason: code });
    } finally {
      if (draft) await rm(draft, { recursive: true, force: true });
    }
  });
}

async function looking<T>(
  call: Call,
  look: (database: Database, settings: Settings) => Promise<Result<T>>,
): Promise<Result<T>> {
  const settings = readSettings(call.environment, call.folder);
  if (!settings.ok) return settings;
  const opened = await openToLook(settings.value);
  if (!opened.ok) return opened;
  try {
    return await look(opened.value.database, settings.value);
  } finally {
    await opened.value.close();
  }
}
