import { compare, type Difference } from '../../kernel/index.ts';
import type { Command } from '../command.ts';
import { readProgramFile } from '../model-file.ts';

export const diff: Command = {
  usage: `huiliu diff BEFORE AFTER

What changed between two versions of a process, by the ids of its elements and flows: added, removed,
and of what stands in both which property was what and is what. Where things stand on the diagram is
not looked at. Exit code 1 when something differs.`,
  options: {},
  words: { min: 2, max: 2 },
  run: async (call) => {
    const [left, right] = call.words;
    const before = await readProgramFile(call, left);
    if (typeof before === 'number') return before;
    const after = await readProgramFile(call, right);
    if (typeof after === 'number') return after;
    const differences = compare(before, after);
    if (call.json) call.print(JSON.stringify({ differences }));
    else for (const one of differences) call.print(lineOf(one));
    if (!call.json && differences.length === 0) call.print('No difference.');
    return differences.length === 0 ? 0 : 1;
  },
};

function lineOf({ kind, element, what, before, after }: Difference): string {
  if (kind === 'added') return `+ ${element}`;
  if (kind === 'removed') return `- ${element}`;
  return `~ ${element} ${what}: ${before ?? '(none)'} -> ${after ?? '(none)'}`;
}
