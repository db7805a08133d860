import { basename, resolve } from 'node:path';
import type { ParseArgsOptionDescriptor } from 'node:util';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { LogSource } from '../../insight/analysis.ts';
import { type FilterStep, filtered } from '../../insight/filter.ts';
import { type Instances, type LifecycleView, lifecycleViews } from '../../insight/instances.ts';
import { type Call, sayRefusal } from '../command.ts';
import { filterOptions, filtersOf } from './filter-options.ts';
import { languages, readLiveLog, wantedLog } from './live-log.ts';
import { objectOptions, readLog } from './read-log.ts';

/** The options of every command that looks at the work of a log. */
export const workOptions: Readonly<Record<string, ParseArgsOptionDescriptor>> = {
  live: { type: 'boolean', default: false },
  process: { type: 'string' },
  names: { type: 'string' },
  lifecycle: { type: 'string', default: 'instances' },
  sheet: { type: 'string' },
  'object-type': { type: 'string' },
  ...filterOptions,
};

/** What --help says of them. */
export const workUsage = `  --lifecycle VIEW   instances (default), complete or all; --sheet, --object-type: as for analyze
  --live             this bank's own cases; of one process with --process ID, activities named in
                     --names zh-CN or en; instead of a LOG`;

export type ReadWork = {
  readonly file: string;
  readonly work: Instances;
  readonly source: LogSource;
  readonly steps: readonly FilterStep[];
};

/**
 * The work of the log a command was given, under its filters; else the exit code, after it has
 * said what was wrong: 2 for wrong usage, 1 for a refusal.
 */
export async function readWork(call: Call): Promise<ReadWork | 1 | 2> {
  const filters = filtersOf(call);
  const wrong = typeof filters === 'string' ? filters : wrongChoice(call);
  if (wrong !== null || typeof filters === 'string') {
    call.tell(String(wrong));
    return 2;
  }
  const read = await readWhat(call);
  if (!read.ok) return sayRefusal(call, read);
  const view = call.options.lifecycle as LifecycleView;
  const left = filtered(read.value.log, view, filters);
  if (!left.ok) return sayRefusal(call, left);
  if (left.value.work.size === 0) return sayRefusal(call, refuse('log_without_completions'));
  const { file, source } = read.value;
  return { file, source, ...left.value };
}

async function readWhat(call: Call) {
  if (call.options.live === true) {
    const read = await readLiveLog(call, wantedLog(call));
    return read.ok ? ok({ ...read.value, file: 'huiliu' }) : read;
  }
  const file = resolve(call.folder, String(call.words[0]));
  const read = await readLog(file, 'utf-8', { attributes: true, ...objectOptions(call.options) });
  return read.ok ? ok({ ...read.value, file: basename(file) }) : (read satisfies Result<never>);
}

function wrongChoice({ options, words }: Call): string | null {
  if (options.live === true && words.length > 0) return 'It takes either a LOG or --live.';
  if (options.live !== true && words.length === 0) return 'It takes a LOG, or --live.';
  if (!lifecycleViews.some((view) => view === options.lifecycle)) {
    return `--lifecycle is one of ${lifecycleViews.join(', ')}.`;
  }
  const { names } = options;
  if (names !== undefined && !languages.some((each) => each === names)) {
    return `--names is one of ${languages.join(', ')}.`;
  }
  return null;
}
