import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { read, write } from '../../../kernel/index.ts';
import { decodeXml } from '../../../runtime/model/encoding.ts';
import type { ConformanceCase, ConformanceSuite } from '../../conformance-suite.ts';
import { contentOf } from './roundtrip/content.ts';

export const suite: ConformanceSuite = {
  summary: 'any folder of BPMN models: read and written again, nothing is lost',
  run: async (path) => {
    const cases: ConformanceCase[] = [];
    const files = (await readdir(path, { recursive: true })).filter((file) =>
      file.endsWith('.bpmn'),
    );
    let passed = 0;
    for (const name of files.sort()) {
      const { state, why } = await resultOf(await readFile(join(path, name)));
      if (state === 'passed') passed += 1;
      else cases.push({ name, state, why });
    }
    const failed = cases.filter((one) => one.state === 'failed').length;
    return { passed, failed, skipped: cases.length - failed, cases };
  },
};

type Outcome = { readonly state: 'passed' | 'failed' | 'skipped'; readonly why: string };

/** Whether anything is missing or new after a round trip. What is no BPMN is named, not passed. */
async function resultOf(bytes: Uint8Array): Promise<Outcome> {
  const text = decodeXml(bytes);
  const model = text.ok ? await read(text.value) : text;
  if (!model.ok) {
    return { state: 'failed', why: `cannot be read: ${model.facts.reason ?? model.code}` };
  }
  const xml = model.value.xml;
  const before = contentOf(xml);
  const after = contentOf(await write(model.value));
  const lost = missing(before, after);
  const added = missing(after, before);
  if (lost === null && added === null) return { state: 'passed', why: '' };
  const why = lost === null ? `added: ${added}` : `lost: ${lost}`;
  const [problem] = model.value.problems;
  if (problem === undefined) return { state: 'failed', why };
  return { state: 'skipped', why: `not BPMN (${problem.message}), ${why}` };
}

/** The first content of `left` that `right` has less often. */
function missing(left: readonly string[], right: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const one of right) counts.set(one, (counts.get(one) ?? 0) + 1);
  for (const one of left) {
    const count = counts.get(one) ?? 0;
    if (count === 0) return one;
    counts.set(one, count - 1);
  }
  return null;
}
