import { resolve } from 'node:path';
import { languages, wantedLog, writeLiveLog } from '../analyze/live-log.ts';
import { type Command, sayRefusal } from '../command.ts';

export const exportLog: Command = {
  usage: `huiliu export-log FILE [--process ID] [--names zh-CN|en]

Writes this bank's own event log as XES (IEEE 1849), gzip when FILE ends in .gz, beside a running
server or without one: each piece of work with schedule, start and complete, who did it in which role
and unit, and what was posted with it. It names logins, never persons or customers.

  --process ID   cases of one process only
  --names        the language of activity names; else that of the terminal`,
  options: { process: { type: 'string' }, names: { type: 'string' } },
  words: { min: 1, max: 1 },
  run: async (call) => {
    const { names } = call.options;
    if (names !== undefined && !languages.some((language) => language === names)) {
      call.tell(`--names is one of ${languages.join(', ')}.`);
      return 2;
    }
    const file = resolve(call.folder, String(call.words[0]));
    const written = await writeLiveLog(call, wantedLog(call), file);
    if (!written.ok) return sayRefusal(call, written);
    call.print(call.json ? JSON.stringify({ ok: true, file }) : file);
    return 0;
  },
};
