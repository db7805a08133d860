import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from '../command.ts';
import type { ConformanceSuite } from '../conformance-suite.ts';
import { loadByName, namesIn } from '../found-by-name.ts';

const folder = join(import.meta.dirname, 'conformance');

export const conformance: Command = {
  usage: `huiliu conformance SUITE PATH [--csv FILE]

Runs a published test suite over the files of PATH and prints every case that did not pass, with
what was wanted and what came. Exit code 1 when a case fails or none ran. Without words: the suites.
--csv FILE writes the result in the suite's own table format, where it has one.`,
  options: { csv: { type: 'string' } },
  words: { min: 0, max: 2 },
  run: async (call) => {
    const [name, path] = call.words;
    if (name === undefined) {
      for (const each of await namesIn(folder)) {
        const suite = await loadByName<ConformanceSuite>(folder, each, 'suite');
        call.print(`${each.padEnd(16)} ${suite?.summary ?? ''}`);
      }
      return 0;
    }
    const suite = await loadByName<ConformanceSuite>(folder, name, 'suite');
    if (suite === null || path === undefined) {
      const known = (await namesIn(folder)).join(', ');
      call.tell(suite === null ? `There is no suite ${name}: ${known}.` : 'Say where it lies.');
      return 2;
    }
    const report = await suite.run(resolve(call.folder, path));
    const { csv } = call.options;
    if (typeof csv === 'string') {
      if (report.csv === undefined) call.tell(`The suite ${name} has no table format of its own.`);
      else await writeFile(resolve(call.folder, csv), report.csv);
    }
    if (call.json) call.print(JSON.stringify(report));
    else {
      for (const { name, state, why } of report.cases) call.print(`${state}: ${name}: ${why}`);
      const { passed, failed, skipped } = report;
      call.print(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    }
    return report.failed === 0 && report.passed > 0 ? 0 : 1;
  },
};
