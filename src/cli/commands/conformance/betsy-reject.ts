import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, type Finding, read } from '../../../kernel/index.ts';
import type { ConformanceCase, ConformanceSuite } from '../../conformance-suite.ts';
import { inFeel } from './betsy/models.ts';

/** Tests whose models break a constraint themselves; all others must be accepted. */
const bad = ['Token_StartQuantity_Zero', 'Token_CompletionQuantity_Zero'];

export const suite: ConformanceSuite = {
  summary: 'betsy: 301 models that break a constraint of BPMN 2.0, and the 134 that break none',
  run: async (path) => {
    const cases: ConformanceCase[] = [];
    let passed = 0;
    const note = (name: string, why: string | null) => {
      if (why === null) passed += 1;
      else cases.push({ name, state: 'failed', why });
    };
    const folder = join(path, 'must-reject');
    for (const rule of await readdir(folder)) {
      for (const file of await readdir(join(folder, rule))) {
        const findings = await errorsOf(join(folder, rule, file));
        const rules = findings.map((finding) => finding.rule);
        const came = rules.length === 0 ? 'accepted' : rules.join(' ');
        note(`${rule}/${file}`, rules.includes(rule) ? null : `wanted ${rule}, came ${came}`);
      }
    }
    const tests: { name: string; file: string }[] = JSON.parse(
      await readFile(join(path, 'tests.json'), 'utf8'),
    );
    for (const test of tests.filter((one) => !bad.includes(one.name))) {
      const findings = await errorsOf(join(path, test.file), test.name);
      const why = findings.map((one) => `${one.rule} at ${one.element}: ${one.message}`).join('; ');
      note(test.file, findings.length === 0 ? null : `wanted accepted, came ${why}`);
    }
    return { passed, failed: cases.length, skipped: 0, cases };
  },
};

/** The errors that compiling a model gives; a file that cannot be read is one error. */
async function errorsOf(file: string, processId?: string): Promise<readonly Finding[]> {
  const model = await read(inFeel(await readFile(file, 'utf8')));
  if (!model.ok) {
    const message = model.facts.reason ?? '';
    return [{ rule: model.code, element: null, message, severity: 'error' }];
  }
  const compiled = compile(model.value, processId);
  return compiled.findings.filter((finding) => finding.severity === 'error');
}
