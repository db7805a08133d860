import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assert, present } from '../src/base/assert.ts';
import type { Benchmark, BenchReport, BenchRow } from '../src/cli/bench-report.ts';
import {
  compile,
  decodeState,
  encodeEvents,
  encodeState,
  mergeData,
  type ProcessData,
  type Program,
  read,
  type State,
  type Stepped,
  step,
} from '../src/kernel/index.ts';
import { machineInWords } from './run/machine.ts';

const run = promisify(execFile);
const peerVersion = '25.0.1';
/** The peer's own expression language. */
const peerCondition = `$\{environment.variables.take}`;
const secondsPerRun = 2;
/** Measured this often; the best counts, for both: a slow minute is the machine's, not theirs. */
const rounds = 3;

type Figures = { readonly activations: number; readonly instances: number; readonly bytes: number };

/** The kernel alone, without a database, beside the engine most used on npm. */
export const bench: Benchmark = {
  summary: 'element activations and ten-node instances per CPU second, beside bpmn-engine',
  run: async (): Promise<BenchReport> => {
    const ours = await measureOurs();
    const peer = await measurePeer();
    const machine = machineInWords({ 'bpmn-engine': peerVersion });
    return { name: 'kernel', machine, rows: rowsOf(ours, peer) };
  },
};

function rowsOf(ours: Figures, peer: Figures | null): BenchRow[] {
  const row = (
    what: string,
    figure: keyof Figures,
    unit: string,
    wanted: string,
    isWanted: (value: number) => boolean,
  ): BenchRow => {
    const mine = ours[figure];
    const theirs = peer?.[figure] ?? null;
    const ratio = theirs === null ? null : mine / theirs;
    return { what, ours: mine, peer: theirs, unit, ratio, wanted, ok: isWanted(mine) };
  };
  const perSecond = 'per CPU second';
  return [
    row('element activations', 'activations', perSecond, '>= 1,000,000', (n) => n >= 1_000_000),
    row(
      'ten-node instances, saved and loaded at the wait',
      'instances',
      perSecond,
      '>= 100,000',
      (n) => n >= 100_000,
    ),
    row('state at the wait', 'bytes', 'bytes', '<= 1,000', (n) => n <= 1_000),
  ];
}

// --- ours --------------------------------------------------------------------------------------

async function programOf(xml: string): Promise<Program> {
  const model = await read(xml);
  assert(model.ok, 'the model is readable');
  const compiled = compile(model.value);
  assert(compiled.ok, `the model compiles: ${JSON.stringify(compiled)}`);
  return compiled.value;
}

async function measureOurs(): Promise<Figures> {
  const chain = await programOf(chainXml(''));
  const ten = await programOf(tenNodesXml('amount > 100'));
  const nothing: ProcessData = { root: {}, scopes: {} };
  const start = { type: 'start', at: 0, values: {} } as const;
  const activations = perCpuSecond(100, () => {
    mustStep(chain, null, nothing, start);
  });
  const waiting = mustStep(ten, null, nothing, { ...start, values: { amount: 101n } });
  const task = present(
    [...waiting.state.items.values()].find((item) => item.role === 'activity'),
    'a user task',
  );
  const instances = perCpuSecond(1, () => runTen(ten, nothing, task.id));
  return { activations, instances, bytes: encodeState(waiting.state).length };
}

function mustStep(
  program: Program,
  state: State | null,
  data: ProcessData,
  command: Parameters<typeof step>[3],
): Stepped {
  const stepped = step(program, state, data, command);
  assert(stepped.ok, 'the step is carried out');
  return stepped.value;
}

/**
 * One instance from start to end, its events written, its state saved and loaded at the user task.
 */
function runTen(program: Program, nothing: ProcessData, activityInstance: number): void {
  const first = mustStep(program, null, nothing, {
    type: 'start',
    at: 0,
    values: { amount: 101n },
  });
  const stored = encodeState(first.state);
  encodeEvents(first.events);
  const data = first.effects.reduce(mergeData, nothing);
  const state = decodeState(stored);
  const second = mustStep(program, state, data, {
    type: 'complete_activity',
    at: 1,
    activityInstance,
    values: {},
  });
  encodeState(second.state);
  encodeEvents(second.events);
  assert(second.state.status === 'completed', 'the instance is completed');
}

function perCpuSecond(each: number, work: () => void): number {
  for (let count = 0; count < 5_000; count += 1) work();
  const figures: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = process.cpuUsage();
    let done = 0;
    let spentMs = 0;
    while (spentMs < secondsPerRun * 1_000) {
      for (let count = 0; count < 500; count += 1) work();
      done += 500;
      const { user, system } = process.cpuUsage(began);
      spentMs = (user + system) / 1_000;
    }
    figures.push((done * each * 1_000) / spentMs);
  }
  return Math.round(Math.max(...figures));
}

// --- the peer ----------------------------------------------------------------------------------

/** bpmn-engine in a folder of its own, run by the same Node; null when it cannot be had. */
async function measurePeer(): Promise<Figures | null> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-bench-peer-'));
  try {
    await writeFile(join(folder, 'package.json'), '{"name":"peer","private":true}');
    const install = ['install', `bpmn-engine@${peerVersion}`, '--ignore-scripts', '--no-audit'];
    await run('npm', install, { cwd: folder, timeout: 120_000 });
    await writeFile(join(folder, 'chain.bpmn'), chainXml(''));
    await writeFile(join(folder, 'ten.bpmn'), tenNodesXml(peerCondition));
    await writeFile(join(folder, 'peer.mjs'), peerProgram);
    const settings = JSON.stringify({ secondsPerRun, rounds });
    const { stdout } = await run(process.execPath, ['peer.mjs', settings], { cwd: folder });
    return JSON.parse(stdout) as Figures;
  } catch (error) {
    process.stderr.write(`bpmn-engine could not be run: ${String(error)}\n`);
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same work in the peer's own words. */
const peerProgram = `
import { readFileSync } from 'node:fs';
import { Engine } from 'bpmn-engine';
const { secondsPerRun, rounds } = JSON.parse(process.argv[2]);
const chain = readFileSync('chain.bpmn', 'utf8');
const ten = readFileSync('ten.bpmn', 'utf8');
const settings = { variables: { take: true } };
async function perCpuSecond(each, work) {
  for (let count = 0; count < 5; count += 1) await work();
  const figures = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = process.cpuUsage();
    let done = 0;
    let spentMs = 0;
    while (spentMs < secondsPerRun * 1000) {
      await work();
      done += 1;
      const { user, system } = process.cpuUsage(began);
      spentMs = (user + system) / 1000;
    }
    figures.push((done * each * 1000) / spentMs);
  }
  return Math.round(Math.max(...figures));
}
async function runTen() {
  const engine = new Engine({ name: 'ten', source: ten });
  const execution = await engine.execute(settings);
  const stored = JSON.stringify(await engine.getState());
  await engine.stop();
  const again = new Engine().recover(JSON.parse(stored));
  const ended = again.waitFor('end');
  const resumed = await again.resume();
  resumed.signal({ id: 'u' });
  await ended;
  return stored.length;
}
const bytes = await runTen();
const activations = await perCpuSecond(100, async () => {
  const engine = new Engine({ name: 'chain', source: chain });
  const ended = engine.waitFor('end');
  await engine.execute();
  await ended;
});
const instances = await perCpuSecond(1, runTen);
process.stdout.write(JSON.stringify({ activations, instances, bytes }));
`;

// --- the models --------------------------------------------------------------------------------

function processXml(elements: string, flows: readonly string[]): string {
  const drawn = flows.map((flow, at) => {
    const [source, target, condition] = flow.split('|');
    const inside =
      condition === undefined
        ? ''
        : `<conditionExpression xsi:type="tFormalExpression">${condition.replace('<', '&lt;')}</conditionExpression>`;
    return `<sequenceFlow id="f${at}" sourceRef="${source}" targetRef="${target}">${inside}</sequenceFlow>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t"><process id="p" isExecutable="true">${elements}${drawn.join('')}</process></definitions>`;
}

/** A start, 98 tasks that pass by themselves, an end. */
function chainXml(attributes: string): string {
  const names = Array.from({ length: 98 }, (_none, at) => `t${at}`);
  const tasks = names.map((name) => `<task id="${name}"${attributes}/>`).join('');
  const path = ['s', ...names, 'e'];
  const flows = path.slice(1).map((name, at) => `${path[at]}|${name}`);
  return processXml(`<startEvent id="s"/>${tasks}<endEvent id="e"/>`, flows);
}

/** Ten elements on the way taken: tasks, a choice, a user task, tasks. */
function tenNodesXml(condition: string): string {
  const elements = `<startEvent id="s"/><task id="a"/><task id="b"/><task id="c"/>
<exclusiveGateway id="g" default="f8"/><userTask id="u"/><task id="x"/><task id="y"/>
<exclusiveGateway id="m"/><endEvent id="e"/>`;
  return processXml(elements, [
    's|a',
    'a|b',
    'b|c',
    'c|g',
    `g|u|${condition}`,
    'u|x',
    'x|m',
    'm|e',
    'g|y',
    'y|m',
  ]);
}
