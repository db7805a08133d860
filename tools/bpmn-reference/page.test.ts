import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referencePage } from './page.ts';

test('docs/reference/bpmn.md says what the code does (vitest -u writes it anew)', async () => {
  const page = join(import.meta.dirname, '../../docs/reference/bpmn.md');
  await expect(await referencePage()).toMatchFileSnapshot(page);
});
