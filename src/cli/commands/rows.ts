import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from '../../base/result.ts';
import { type Command, sayRefusal } from '../command.ts';
import { projectFolder } from '../project.ts';
import { provenRows, type TestOutcome } from '../rows/proven-rows.ts';

export const rows: Command = {
  usage: `huiliu rows [--report FILE]

Lists the requirement rows that tests prove, by the report of the last npm test. The name of a test
that proves a row begins with the row's id (CORE-02 …). A row is proven when at least one test of
it passed and none failed.

  --report FILE  another report than test-report.json`,
  options: { report: { type: 'string' } },
  words: { min: 0, max: 0 },
  run: async (call) => {
    const file = String(call.options.report ?? join(projectFolder, 'test-report.json'));
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return sayRefusal(call, refuse('file_not_readable', { file }));
    const report: { outcomes: TestOutcome[] } = JSON.parse(text);
    const found = provenRows(report.outcomes);
    const proven = found.filter((row) => row.proven);
    if (call.json) call.print(JSON.stringify({ ok: true, rows: found }));
    else {
      for (const { id, passed, failed, skipped, proven } of found) {
        const word = proven ? 'proven    ' : 'not proven';
        call.print(
          `${id.padEnd(10)} ${word}  ${passed} passed, ${failed} failed, ${skipped} skipped`,
        );
      }
      call.print(`${proven.length} of ${found.length} rows named by tests are proven`);
    }
    return proven.length === found.length ? 0 : 1;
  },
};
