/** Aligns a log with a given net and prints what `align_with_pm4py.py` prints. Words: LOG, NET. */
import { readFile } from 'node:fs/promises';
import { readLog } from '../../src/cli/analyze/read-log.ts';
import { conformanceOf } from '../../src/insight/conform/conformance.ts';
import { Markings } from '../../src/insight/conform/markings.ts';
import { readPnml } from '../../src/insight/conform/pnml.ts';
import { precisionOf } from '../../src/insight/conform/precision.ts';
import { activityInstances } from '../../src/insight/instances.ts';

const [file = '', netFile = ''] = process.argv.slice(2);
const read = await readLog(file, 'utf-8', {});
const net = readPnml(await readFile(netFile));
if (!read.ok || !net.ok) throw new Error('refused');
const work = activityInstances(read.value.log, 'complete');
const seconds = (from?: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
};
const before = process.cpuUsage();
const found = conformanceOf(work, new Markings(net.value));
const both = seconds(before);
const between = process.cpuUsage();
const precision = precisionOf(work, new Markings(net.value));
const precisionSeconds = seconds(between);
process.stdout.write(
  JSON.stringify({
    alignSeconds: Math.max(0, both - precisionSeconds),
    precisionSeconds,
    cases: found.cases,
    cost: found.totalUsualCost,
    fitness: found.averageFitness,
    precision: precision?.usualPrecision,
  }),
);
