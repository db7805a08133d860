import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ConformanceCase, ConformanceSuite } from '../../conformance-suite.ts';
import { readScenarios } from './loans/gherkin.ts';
import { fieldsOf } from './loans/json.ts';
import { runScenario } from './loans/run.ts';
import type { World } from './loans/stage.ts';

/** Lies beside the feature file: what the products' names stand for. */
const productsFile = 'fineract-products.derived.json';

export const suite: ConformanceSuite = {
  summary: `loans told as scenarios (a .feature file, ${productsFile} beside it)`,
  run: async (path) => {
    const scenarios = readScenarios(await readFile(path, 'utf8'));
    const text = await readFile(join(dirname(path), productsFile), 'utf8');
    const world: World = {
      products: fieldsOf(JSON.parse(text)),
      futures: new Map(),
      chargesBy: 'due',
    };
    const cases = scenarios.flatMap((scenario): ConformanceCase[] => {
      const outcome = runScenario(world, scenario);
      if (outcome === null) return [];
      const id = scenario.tags.find((tag) => tag.startsWith('@TestRailId:'))?.slice(12) ?? '';
      return [{ name: `${id} ${scenario.name} (line ${scenario.line})`, ...outcome }];
    });
    const failed = cases.filter(({ state }) => state === 'failed').length;
    const skipped = cases.length - failed;
    return { passed: scenarios.length - cases.length, failed, skipped, cases };
  },
};
