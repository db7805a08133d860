/** The page docs/reference/bpmn.md, made from what compile says of each sample. */
import { compile, read } from '../../src/kernel/index.ts';
import { rules } from '../../src/kernel/rules/check.ts';
import { draw } from '../../src/kernel/testing.ts';
import { decorations, definitions, places, plainDrawing, samples, top } from './samples.ts';

/** The whole page as Markdown. */
export async function referencePage(): Promise<string> {
  return [
    intro,
    '## Elements\n',
    await elementTable(),
    '## Events and the places they may stand in\n',
    'A number is the rule that refuses the event in that place.\n',
    await eventTable(),
    '## Decoration\n',
    'These may stand in a model and change nothing in a run: the compiled program is the same.\n',
    await decorationList(),
    '## Rules\n',
    'What the standard forbids. A model that breaks a rule is refused, and the refusal names rule and',
    'element; in a model without an executable process the same is a warning.\n',
    ruleTable(),
    '',
  ].join('\n');
}

const intro = `# BPMN 2.0: what is executed

Made from the code by a test: every line was compiled when this page was written. What is neither in
this page nor decoration is refused by name. Choreographies, conversations and their activities are
never executed. How a process says what BPMN leaves open: [process-attributes.md](process-attributes.md).
`;

type Answer = {
  readonly accepted: boolean;
  readonly rules: readonly string[];
  readonly hash: string;
};

async function answerOf(drawing: string, beside: string): Promise<Answer> {
  const model = await read(draw(drawing, beside));
  if (!model.ok) return { accepted: false, rules: [model.code], hash: '' };
  const compiled = compile(model.value, 'p');
  const errors = compiled.findings.filter((finding) => finding.severity === 'error');
  const hash = compiled.ok ? compiled.value.hash : '';
  return { accepted: compiled.ok, rules: errors.map((finding) => finding.rule), hash };
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...lines.map(row), ''].join('\n');
}

async function elementTable(): Promise<string> {
  const lines: string[][] = [];
  for (const { group, element, drawing, means } of samples) {
    const { accepted, rules: broken } = await answerOf(drawing, top);
    lines.push([group, element, accepted ? 'executed' : `refused: ${broken.join(' ')}`, means]);
  }
  return table(['group', 'element', 'what happens', 'meaning'], lines);
}

async function eventTable(): Promise<string> {
  const lines: string[][] = [];
  for (const [trigger, xml] of definitions) {
    const line = [trigger];
    for (const { drawing } of places) {
      const { accepted, rules: broken } = await answerOf(drawing(xml, trigger), top);
      line.push(accepted ? 'yes' : [...new Set(broken)].slice(0, 2).join(' '));
    }
    lines.push(line);
  }
  return table(['event', ...places.map(({ place }) => place)], lines);
}

async function decorationList(): Promise<string> {
  const { hash } = await answerOf(plainDrawing, top);
  const lines: string[] = [];
  for (const [element, xml, beside] of decorations) {
    const with_ = await answerOf(`${plainDrawing}\n${xml}`, top + beside);
    lines.push(`- ${element}${with_.hash === hash ? '' : ': CHANGES THE PROGRAM'}`);
  }
  lines.push('- diagrams, extension elements of other tools, documentation and categories');
  return `${lines.join('\n')}\n`;
}

function ruleTable(): string {
  const lines = rules.map(({ code, says, holds, inProfile }) => [
    code,
    says,
    holds === 'always' ? '' : 'executable processes',
    inProfile === false ? 'not with our namespace' : '',
  ]);
  return table(['rule', 'says', 'only in', 'except'], lines);
}
