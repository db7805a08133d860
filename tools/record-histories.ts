/**
 * Records runs of every shipped process for src/kernel/golden/<version>/, to be replayed by all
 * later
 * releases. Run once per release: `node tools/record-histories.ts VERSION`. A recorded run is never
 * changed; a kernel that replays one to another state has changed what a model means.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../src/base/assert.ts';
import type { Value, Values } from '../src/base/data.ts';
import {
  type Command,
  compile,
  encodeEvents,
  encodeState,
  mergeData,
  type ProcessData,
  type Program,
  read,
  type State,
  step,
} from '../src/kernel/index.ts';

const root = join(import.meta.dirname, '..');
const runsPerProcess = 4;
const stepsMax = 60;

const [version] = process.argv.slice(2);
assert(version !== undefined && /^\d+\.\d+\.\d+$/.test(version), 'a version such as 0.1.0');

const files = await readdir(join(root, 'processes'), { recursive: true });
for (const file of files.filter((name) => name.endsWith('process.bpmn')).sort()) {
  const xml = await readFile(join(root, 'processes', file), 'utf8');
  const model = await read(xml);
  assert(model.ok, `${file} is readable`);
  const compiled = compile(model.value);
  assert(compiled.ok, `${file} compiles`);
  const name = file.split('/').at(-2) ?? '';
  const folder = join(root, 'src/kernel/golden', version, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'process.bpmn'), xml);
  for (let run = 1; run <= runsPerProcess; run += 1) {
    const lines = record(compiled.value, run);
    await writeFile(join(folder, `run-${run}.jsonl`), `${lines.join('\n')}\n`);
  }
}

/**
 * One run with answers drawn from `seed`: each line holds a step's events and the state after it.
 */
function record(program: Program, seed: number): string[] {
  const random = drawFrom(seed);
  const lines: string[] = [];
  let state: State | null = null;
  let data: ProcessData = { root: {}, scopes: {} };
  let at = Date.UTC(2026, 10, 23, 1);
  for (let count = 0; count < stepsMax; count += 1) {
    at += 60_000;
    const stepped = firstAccepted(program, state, data, candidates(program, state, at, random));
    if (stepped === null) break;
    state = stepped.state;
    for (const effect of stepped.effects) data = mergeData(data, effect);
    lines.push(JSON.stringify([encodeEvents(stepped.events), encodeState(state)]));
    if (state.status !== 'active') break;
  }
  return lines;
}

function firstAccepted(
  program: Program,
  state: State | null,
  data: ProcessData,
  commands: readonly Command[],
) {
  for (const command of commands) {
    const stepped = step(program, state, data, command);
    if (stepped.ok) return stepped.value;
  }
  return null;
}

/** What may be asked now, in a random order, with several answers each. */
function candidates(
  program: Program,
  state: State | null,
  at: number,
  random: (count: number) => number,
): Command[] {
  if (state === null) {
    const [trigger] = program.startTriggers;
    const values = answers(random);
    const start: Command = { type: 'start', at, values };
    return trigger === undefined ? [start] : [start, { ...start, startElement: trigger.element }];
  }
  const commands: Command[] = [];
  for (const item of state.items.values()) {
    if (item.role === 'activity' && item.waits.every((wait) => wait.element !== item.element)) {
      for (let tries = 0; tries < 4; tries += 1) {
        const values = answers(random);
        commands.push({ type: 'complete_activity', at, activityInstance: item.id, values });
      }
    }
    for (const wait of item.waits) {
      if (wait.kind === 'message') {
        commands.push({ type: 'deliver_message', at, subscription: wait.id, values: {} });
      } else if (wait.kind === 'timer' && random(6) === 0) {
        commands.push({ type: 'fire_timer', at: wait.dueAt, timer: wait.id });
      }
    }
  }
  return commands
    .map((command) => [random(1_000), command] as const)
    .sort(([left], [right]) => left - right)
    .map(([, command]) => command);
}

/** Values under the names that the shipped processes use in their conditions. */
function answers(random: (count: number) => number): Values {
  const pick = (...values: Value[]) => values[random(values.length)] ?? null;
  return {
    eligibility: {
      qualified: pick(true, true, true, false),
      result: pick('qualified', 'declined'),
    },
    qualified: pick(true, true, true, false),
    firstReviewDecision: pick('agree', 'agree', 'return', 'decline'),
    managerSignature: pick('sign', 'sign', 'refuse'),
    riskSignature: pick('sign', 'sign', 'refuse'),
    creditLineValid: pick(true, false),
    creditLineDecision: pick('approve', 'conditions', 'decline'),
    authority: {
      tier: pick('sub_branch', 'sub_branch', 'branch'),
      form: pick('single', 'committee'),
    },
    independentDecision: pick('agree', 'disagree'),
    voteResult: pick('passed', 'passed', 'failed', 'no_quorum'),
    vote: pick('for', 'against', 'abstain'),
    voteOpinion: 'opinion',
    committeeMembers: ['p1', 'p2', 'p3'],
    approvalDecision: pick('approve', 'approve', 'return', 'decline'),
    approvalExpiresAt: '2027-05-23',
    creditProtection: pick('mortgage', 'unsecured'),
    collateralRegistration: pick('TX-1', null),
    disbursementDecision: pick('approve', 'approve', 'return'),
    instructionDecision: pick('correct', 'correct', 'wrong'),
    factsHash: 'h1',
    factsHashNow: pick('h1', 'h1', 'h2'),
    failures: null,
    loanSettled: pick(true, false),
    postLoanResult: pick('settled', 'handed_over'),
    confirmedClass: pick('normal', 'special_mention'),
    caseNumber: 'DK1',
    dueOn: '2026-11-20',
  };
}

/** A small generator (mulberry32), so that a recording can be made again. */
function drawFrom(seed: number): (count: number) => number {
  let state = seed * 0x9e3779b9;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
}
