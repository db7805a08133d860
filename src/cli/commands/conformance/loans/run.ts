import type { ConformanceCase } from '../../../conformance-suite.ts';
import { checks } from './checks.ts';
import type { Scenario } from './gherkin.ts';
import type { Deed, Stage, World } from './stage.ts';
import { deeds } from './steps.ts';
import { summaries } from './summary.ts';

/** Runs a scenario on the loans of this bank. Null: it passed. */
export function runScenario(
  world: World,
  scenario: Scenario,
): Pick<ConformanceCase, 'state' | 'why'> | null {
  if (scenario.tags.includes('@Skip')) return { state: 'skipped', why: 'skipped by its own tag' };
  const unknown = scenario.steps.find(({ text }) => find(text) === null);
  const stage: Stage = { world, today: '', account: null };
  for (const step of scenario.steps) {
    const found = find(step.text);
    if (found === null) break;
    const said = found.deed.act(stage, found.words, step.table);
    if (said === null) continue;
    if ('missing' in said) return { state: 'skipped', why: `missing: ${said.missing}` };
    return { state: 'failed', why: `line ${step.line}: ${said.wrong}` };
  }
  if (unknown === undefined) return null;
  return { state: 'skipped', why: `missing: ${unknown.text.replaceAll(/"[^"]*"/g, '…')}` };
}

function find(text: string): { deed: Deed; words: string[] } | null {
  for (const deed of [...deeds, ...checks, ...summaries]) {
    const words = deed.pattern.exec(text);
    if (words !== null) return { deed, words: words.slice(1) };
  }
  return null;
}
