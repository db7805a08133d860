import { elementInfo, outline as outlineOf, outlineText } from '../../kernel/index.ts';
import type { Command } from '../command.ts';
import { readProgramFile } from '../model-file.ts';

export const outline: Command = {
  usage: `huiliu outline FILE

The process of a BPMN file as an indented text, in the order of its flow: for print, for search, for
comparing, and for whoever cannot see the diagram. --json gives its lines with the ids of the elements.`,
  options: {},
  words: { min: 1, max: 1 },
  run: async (call) => {
    const program = await readProgramFile(call, call.words[0]);
    if (typeof program === 'number') return program;
    if (!call.json) {
      call.print(outlineText(program));
      return 0;
    }
    const lines = outlineOf(program).map((line) => {
      const { id, name, type, lane } = elementInfo(program, line.element);
      return { ...line, element: id, name, type, lane };
    });
    call.print(JSON.stringify({ process: program.processId, lines }));
    return 0;
  },
};
