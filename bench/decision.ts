import { assert } from '../src/base/assert.ts';
import type { Values } from '../src/base/data.ts';
import type { Benchmark, BenchRow } from '../src/cli/bench-report.ts';
import {
  compileDecisions,
  type DecisionProgram,
  decide,
  readDecisions,
} from '../src/decision/index.ts';
import { compileUnaryTests, test } from '../src/feel/index.ts';
import { FEELIN, type Feelin, withFeelin } from './peers/feelin.ts';
import { machineInWords } from './run/machine.ts';
import { benchRow } from './run/row.ts';

/** Turns per second of processor time: other programs on the machine do not count. */
function perSecond(turns: number, work: (turn: number) => void): number {
  for (let turn = 0; turn < turns / 4; turn += 1) work(turn);
  const before = process.cpuUsage();
  for (let turn = 0; turn < turns; turn += 1) work(turn);
  const { user, system } = process.cpuUsage(before);
  return Math.round((turns / (user + system)) * 1e6);
}

const CELLS = ['[1..10], > 100', '< 5', '"a", "b"', 'not(3, 4)'] as const;
const INPUTS = [7, 9, 'b', 5] as const;

function ourTests(): number {
  const cells = CELLS.map((text) => {
    const compiled = compileUnaryTests(text);
    assert(compiled.ok, `a cell of the benchmark is FEEL: ${text}`);
    return compiled.value;
  });
  const values = INPUTS.map((input) => (typeof input === 'number' ? BigInt(input) : input));
  return perSecond(1_000_000, (turn) => {
    const cell = cells[turn & 3];
    if (cell !== undefined) test(cell, values[turn & 3] ?? null);
  });
}

function peerTests(feelin: Feelin): number {
  const contexts = INPUTS.map((input) => ({ '?': input }));
  return perSecond(4_000, (turn) => {
    feelin.unaryTest(CELLS[turn & 3] ?? '-', contexts[turn & 3] ?? {});
  });
}

const NAMES = ['amount', 'score', 'grade', 'region'] as const;

/** The cells of row `i`: two of numbers, two of text. */
function rowOf(i: number): readonly string[] {
  const score = i % 3 === 0 ? '>= 0.5' : '-';
  const region = i % 2 === 0 ? 'not("z")' : '-';
  return [`[${i * 10}..${i * 10 + 10})`, score, `"p${i % 7}", "q${i}"`, region];
}

async function tableOf(rows: number): Promise<DecisionProgram> {
  const each = (make: (name: string) => string): string => NAMES.map(make).join('');
  const rules = Array.from({ length: rows }, (_, i) => {
    const cells = rowOf(i).map(
      (cell) => `<inputEntry><text>${cell.replace('>', '&gt;')}</text></inputEntry>`,
    );
    return `<rule>${cells.join('')}<outputEntry><text>${i}</text></outputEntry></rule>`;
  });
  const model = await readDecisions(`<definitions namespace="urn:bench"
    xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">
    ${each((name) => `<inputData id="in_${name}" name="${name}"><variable name="${name}"/></inputData>`)}
    <decision id="d" name="d"><variable name="d"/>
    ${each((name) => `<informationRequirement><requiredInput href="#in_${name}"/></informationRequirement>`)}
    <decisionTable>
    ${each((name) => `<input><inputExpression><text>${name}</text></inputExpression></input>`)}
    <output/>${rules.join('')}</decisionTable></decision></definitions>`);
  assert(model.ok, 'the table of the benchmark can be read');
  const program = compileDecisions(model.value);
  assert(program.ok, 'the table of the benchmark can be compiled');
  return program.value;
}

function inputsOf(rows: number): readonly Values[] {
  return Array.from({ length: 512 }, (_, k) => {
    const row = (k * 7919) % rows;
    return { amount: BigInt(row * 10 + 3), score: 5n, grade: `q${row}`, region: 'y' };
  });
}

async function ourTable(rows: number): Promise<number> {
  const program = await tableOf(rows);
  const inputs = inputsOf(rows);
  return perSecond(200_000, (turn) => {
    const decided = decide(program, 'd', inputs[turn & 511] ?? {});
    assert(decided.ok && decided.value.output !== null, 'a row of the benchmark matches');
  });
}

/** feelin has no tables: each cell of each row is asked until one of the row fails. */
function peerTable(feelin: Feelin, rows: number): number {
  const cells = Array.from({ length: rows }, (_, i) => rowOf(i));
  const contexts = inputsOf(rows).map((input) =>
    NAMES.map((name) => ({
      '?': typeof input[name] === 'bigint' ? Number(input[name]) : input[name],
    })),
  );
  return perSecond(60, (turn) => {
    const own = contexts[turn & 511] ?? [];
    for (const row of cells) {
      row.every((cell, i) => cell === '-' || feelin.unaryTest(cell, own[i] ?? {}).value === true);
    }
  });
}

async function rows(): Promise<readonly BenchRow[]> {
  const peers = await withFeelin(async (feelin) => ({
    tests: peerTests(feelin),
    table: peerTable(feelin, 50),
  }));
  const small = await ourTable(50);
  const large = await ourTable(10_000);
  const table = benchRow({
    what: 'decision table of 50 rows and 4 inputs',
    ours: small,
    peer: peers?.table ?? null,
    unit: 'evaluations per CPU second',
    wanted: { atLeast: 1 },
  });
  return [
    benchRow({
      what: 'unary tests, compiled',
      ours: ourTests(),
      peer: peers?.tests ?? null,
      unit: 'tests per CPU second',
      wanted: { atLeast: 100 },
    }),
    { ...table, wanted: '>= 200000 per second on one core', ok: table.ok && small >= 200_000 },
    benchRow({
      what: 'decision table of 10,000 rows beside one of 50 rows (ours)',
      ours: large,
      peer: small,
      unit: 'evaluations per CPU second',
      wanted: { atLeast: 1 / 3 },
    }),
  ];
}

export const bench: Benchmark = {
  summary: `decisions: FEEL tests and tables, beside ${FEELIN}`,
  run: async () => ({ name: 'decision', machine: machineInWords(), rows: await rows() }),
};
