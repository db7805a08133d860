/**
 * Mines two logs with our own parts and prints what each cost in CPU seconds: reading, the map with
 * medians, a model by inductive mining, and the alignment of a log with a given net. Words: LOG,
 * LOG2, NET (PNML).
 */
import { readFile } from 'node:fs/promises';
import { readLog } from '../../src/cli/analyze/read-log.ts';
import { conformanceOf } from '../../src/insight/conform/conformance.ts';
import { Markings } from '../../src/insight/conform/markings.ts';
import { readPnml } from '../../src/insight/conform/pnml.ts';
import { inductiveTree } from '../../src/insight/discover/inductive.ts';
import { bagOf } from '../../src/insight/discover/trace-bag.ts';
import { activityInstances } from '../../src/insight/instances.ts';
import { directlyFollows } from '../../src/insight/perform/directly-follows.ts';

const [first = '', second = '', netFile = ''] = process.argv.slice(2);
const seconds: Record<string, number> = {};

async function measured<T>(what: string, work: () => Promise<T> | T): Promise<T> {
  const from = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(from);
  seconds[what] = (user + system) / 1e6;
  return result;
}

async function workOf(file: string) {
  const read = await readLog(file, 'utf-8', {});
  if (!read.ok) throw new Error(`refused: ${read.code}`);
  return activityInstances(read.value.log, 'complete');
}

const work = await measured('import', () => workOf(first));
const map = await measured('map', () => directlyFollows(work));
await measured('model', () => inductiveTree(bagOf(work), 0.2));
const importMegabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
const other = await workOf(second);
const net = readPnml(await readFile(netFile));
if (!net.ok) throw new Error(`refused: ${net.code}`);
const found = await measured('align', () => conformanceOf(other, new Markings(net.value)));
process.stdout.write(
  JSON.stringify({
    seconds,
    importMegabytes,
    edges: map.edges.length,
    fitting: found.fittingCases / found.cases,
    fitness: found.averageFitness,
  }),
);
