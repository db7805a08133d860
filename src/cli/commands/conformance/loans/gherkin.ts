/** One sentence of a scenario with the table under it; cells are trimmed. */
export type Step = {
  readonly line: number;
  readonly text: string;
  readonly table: readonly (readonly string[])[];
};

export type Scenario = {
  readonly name: string;
  readonly line: number;
  readonly tags: readonly string[];
  readonly steps: readonly Step[];
};

type Draft = { name: string; line: number; tags: string[]; steps: DraftStep[]; outline: boolean };
type DraftStep = { line: number; text: string; table: string[][] };

/**
 * The scenarios of a feature file (Gherkin, English keywords): backgrounds come before each
 * scenario, an outline becomes one scenario for each row of its examples.
 */
export function readScenarios(text: string): Scenario[] {
  const scenarios: Scenario[] = [];
  let background: DraftStep[] = [];
  let draft: Draft | null = null;
  let tags: string[] = [];
  let examples: string[][] | null = null;
  const finish = (): void => {
    if (draft !== null) scenarios.push(...expanded(draft, background, examples));
    draft = null;
    examples = null;
  };
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    if (line.startsWith('@')) {
      if (draft?.outline !== true || examples === null) finish();
      tags.push(...line.split(/\s+/));
      return;
    }
    const heading = /^(Feature|Background|Scenario Outline|Scenario|Examples|Rule):\s*(.*)$/;
    const [, keyword, name = ''] = heading.exec(line) ?? [];
    if (keyword === 'Examples') {
      examples ??= [];
      return;
    }
    if (keyword !== undefined) {
      finish();
      const outline = keyword === 'Scenario Outline';
      if (keyword === 'Background') background = [];
      if (keyword.startsWith('Scenario') || keyword === 'Background') {
        draft = { name, line: index + 1, tags, steps: [], outline };
        if (keyword === 'Background') background = draft.steps;
        if (keyword === 'Background') draft = { ...draft, name: '' };
      }
      tags = [];
      return;
    }
    const row = line.startsWith('|') ? cellsOf(line) : null;
    if (row !== null && examples !== null) examples.push(row);
    else if (row !== null) draft?.steps.at(-1)?.table.push(row);
    else draft?.steps.push(stepOf(line, index + 1));
  });
  finish();
  return scenarios;
}

function cellsOf(line: string): string[] {
  const inner = line.replace(/^\|/, '').replace(/\|\s*$/, '');
  return inner.split('|').map((cell) => cell.trim());
}

function stepOf(line: string, number: number): DraftStep {
  return { line: number, text: line.replace(/^(Given|When|Then|And|But|\*)\s+/, ''), table: [] };
}

function expanded(
  draft: Draft,
  background: readonly DraftStep[],
  examples: readonly string[][] | null,
): Scenario[] {
  if (draft.name === '' && draft.steps === background) return [];
  const steps = [...background, ...draft.steps];
  const { name, line, tags } = draft;
  if (examples === null) return [{ name, line, tags, steps }];
  const [header = [], ...rows] = examples;
  return rows.map((row) => {
    const filled = (text: string): string =>
      header.reduce((all, key, at) => all.replaceAll(`<${key}>`, row[at] ?? ''), text);
    const own = steps.map((step) => ({
      line: step.line,
      text: filled(step.text),
      table: step.table.map((cells) => cells.map(filled)),
    }));
    return { name: `${filled(name)} (${row.join(', ')})`, line, tags, steps: own };
  });
}
