import type { DecisionFile, DecisionInput } from '../../../src/contract/decisions.ts';

/** The inputs a decision needs, itself or by what it needs, in the order of the file. */
export function neededInputs(file: DecisionFile, decision: string): readonly DecisionInput[] {
  const elements = [...file.decisions, ...file.knowledge];
  const seen = new Set<string>();
  const walk = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const need of elements.find((one) => one.id === id)?.requires ?? []) walk(need);
  };
  walk(decision);
  return file.inputs.filter((input) => seen.has(input.id));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One value as JSON text with the digits as they were typed; what does not fit stays a text. */
function jsonOf(input: DecisionInput, text: string): string {
  const trimmed = text.trim();
  const isNumber = input.type === 'number' && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(trimmed);
  if (isNumber || input.type === 'boolean') return trimmed;
  if (input.type === 'other' && isJson(trimmed)) return trimmed;
  return JSON.stringify(trimmed);
}

/** What was typed as one JSON object; a field left empty is not there at all. */
export function jsonOfTyped(
  inputs: readonly DecisionInput[],
  typed: Readonly<Record<string, string>>,
): string {
  const members = inputs.flatMap((input) => {
    const text = typed[input.name] ?? '';
    return text.trim() === '' ? [] : [`${JSON.stringify(input.name)}:${jsonOf(input, text)}`];
  });
  return `{${members.join(',')}}`;
}
