import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assert } from '../../base/assert.ts';
import { replay } from '../apply.ts';
import { decodeEvents, encodeState } from '../codec.ts';
import { compile } from '../compile/compile.ts';
import { read } from '../model/read.ts';
import type { State } from '../types.ts';

const folder = import.meta.dirname;
const runs = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.jsonl'))
  .sort();

describe('recorded runs replay to the same states', () => {
  test('there are recorded runs', () => expect(runs.length).toBeGreaterThan(0));

  test.each(runs)('%s', async (run) => {
    const model = await read(readFileSync(join(folder, dirname(run), 'process.bpmn'), 'utf8'));
    assert(model.ok, 'the model is readable');
    const { program } = compile(model.value);
    assert(program !== null, 'the model can be looked at');
    let state: State | null = null;
    for (const line of readFileSync(join(folder, run), 'utf8').trim().split('\n')) {
      const [events, recorded]: [string, string] = JSON.parse(line);
      state = replay(program, state, decodeEvents(events));
      // The hash names the program the run was recorded with; what matters is the rest.
      const [, , ...now] = JSON.parse(encodeState(state));
      const [, , ...then] = JSON.parse(recorded);
      expect(now).toEqual(then);
    }
  });
});
