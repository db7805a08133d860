import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Benchmark, type BenchReport, benchIsOk } from '../bench-report.ts';
import type { Command } from '../command.ts';
import { loadByName, namesIn } from '../found-by-name.ts';
import { projectFolder } from '../project.ts';

const folder = join(projectFolder, 'bench');

export const bench: Command = {
  usage: `huiliu bench [NAME] [--record] [--size N]

Runs bench/NAME.ts and prints its rows: what, ours, the peer's, the ratio, and what is asked for.
Exit code 1 when a row is not ok or its peer is missing. Without a name: the benchmarks there are.

  --record  also write the result to bench/results/NAME.json
  --size N  how much of it, where the benchmark has a size`,
  options: { record: { type: 'boolean', default: false }, size: { type: 'string' } },
  words: { min: 0, max: 1 },
  run: async (call) => {
    const [name] = call.words;
    if (name === undefined) {
      for (const each of await namesIn(folder)) {
        const found = await loadByName<Benchmark>(folder, each, 'bench');
        if (found !== null) call.print(`${each.padEnd(16)} ${found.summary}`);
      }
      return 0;
    }
    const found = await loadByName<Benchmark>(folder, name, 'bench');
    if (found === null) {
      call.tell(`There is no benchmark ${name}.`);
      return 2;
    }
    const { size } = call.options;
    if (size !== undefined && !/^[1-9]\d{0,8}$/.test(String(size))) {
      call.tell('--size is a whole number above 0.');
      return 2;
    }
    const report = await found.run(size === undefined ? {} : { size: Number(size) });
    if (call.options.record === true) {
      await mkdir(join(folder, 'results'), { recursive: true });
      const file = join(folder, 'results', `${name}.json`);
      await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
    }
    if (call.json) call.print(JSON.stringify(report));
    else for (const line of benchLines(report)) call.print(line);
    return benchIsOk(report) ? 0 : 1;
  },
};

function benchLines(report: BenchReport): string[] {
  const rows = report.rows.map((row) => {
    const peer = row.peer === null ? 'no peer' : `${row.peer} ${row.unit}`;
    const ratio = row.ratio === null ? '' : `, ratio ${row.ratio.toFixed(2)}`;
    const verdict = row.ok && row.peer !== null ? 'ok    ' : 'NOT OK';
    return `${verdict} ${row.what}: ${row.ours} ${row.unit}, peer ${peer}${ratio}, wanted ${row.wanted}`;
  });
  return [`${report.name} on ${report.machine}`, ...rows];
}
