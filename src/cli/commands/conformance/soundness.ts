import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Properties, read, type Verification, verifyModel } from '../../../kernel/index.ts';
import { decodeXml } from '../../../runtime/model/encoding.ts';
import type { ConformanceCase, ConformanceSuite } from '../../conformance-suite.ts';

/** What a file's name states of its model. */
const verdicts: readonly (readonly [RegExp, keyof Properties, boolean])[] = [
  [/__dead-activities/, 'noDeadActivities', false],
  [/__no-dead-activities/, 'noDeadActivities', true],
  [/__no-option-to-complete/, 'optionToComplete', false],
  [/__no-proper-completion/, 'properCompletion', false],
  [/__proper-completion/, 'properCompletion', true],
  [/__unsafe|-unsafe/, 'safe', false],
  [/stuck|livelock/, 'optionToComplete', false],
];

/** CPU time that no model may exceed, and the one made to be slow. */
const slowestMs = 1_000;
const limits: readonly (readonly [RegExp, number])[] = [[/p17x01/, 100]];

export const suite: ConformanceSuite = {
  summary: 'rust_bpmn_analyzer: 39 models, 12 of which state their verdict in the file name',
  run: async (path) => {
    const cases: ConformanceCase[] = [];
    const files = (await readdir(path)).filter((file) => file.endsWith('.bpmn')).sort();
    let passed = 0;
    for (const file of files) {
      const why = await failureOf(join(path, file));
      if (why === null) passed += 1;
      else cases.push({ name: file, state: 'failed', why });
    }
    return { passed, failed: cases.length, skipped: 0, cases };
  },
};

async function failureOf(file: string): Promise<string | null> {
  const text = decodeXml(await readFile(file));
  const model = text.ok ? await read(text.value) : text;
  if (!model.ok) return null;
  const begin = process.cpuUsage();
  const verification = verifyModel(model.value);
  const { user, system } = process.cpuUsage(begin);
  const tookMs = (user + system) / 1_000;
  const name = basename(file);
  const limit = limits.find(([pattern]) => pattern.test(name))?.[1] ?? slowestMs;
  if (tookMs > limit) return `took ${tookMs.toFixed(0)} ms, ${verification.states} states`;
  return wrongVerdict(name, verification);
}

function wrongVerdict(name: string, { properties, findings, sound }: Verification): string | null {
  const stated = verdicts.filter(([pattern]) => pattern.test(name));
  if (properties === null) {
    const named = findings.some((finding) => finding.severity === 'error');
    return stated.length === 0 && named ? null : 'neither a verdict nor a named refusal';
  }
  for (const [, property, wanted] of stated) {
    const came = properties[property];
    if (came !== wanted) return `wanted ${property} ${wanted}, came ${came}`;
  }
  return sound === 'unknown' ? 'no verdict: the bound was reached' : null;
}
