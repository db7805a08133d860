import type { Bilingual } from '../../contract/shapes.ts';
import type { Step, ViewModel } from './steps.ts';

/**
 * A field that is filled in more than once: the same key in forms of several steps, or another key
 * with the same label.
 */
export type RepeatedEntry = {
  readonly label: Bilingual;
  readonly by: 'key' | 'label';
  readonly entries: readonly { readonly stepId: string; readonly key: string }[];
};

/**
 * Fields entered again, the most often entered first. A field that a form only shows is no entry;
 * neither is the answer of an approval, which each gives for itself.
 */
export function repeatedEntries(steps: readonly Step[]): readonly RepeatedEntry[] {
  const byKey = new Map<string, RepeatedEntry['entries'][number][]>();
  const byLabel = new Map<string, { label: Bilingual; keys: Map<string, string> }>();
  const labels = new Map<string, Bilingual>();
  for (const { id, form } of steps) {
    for (const { key, label, readOnly, decides } of form?.fields ?? []) {
      if (readOnly || decides) continue;
      byKey.set(key, [...(byKey.get(key) ?? []), { stepId: id, key }]);
      if (!labels.has(key)) labels.set(key, label);
      const same = byLabel.get(label['zh-CN']) ?? { label, keys: new Map() };
      if (!same.keys.has(key)) same.keys.set(key, id);
      byLabel.set(label['zh-CN'], same);
    }
  }
  const again = [...byKey].flatMap(([key, entries]): RepeatedEntry[] => {
    const label = labels.get(key) as Bilingual;
    const stepIds = new Set(entries.map(({ stepId }) => stepId));
    return stepIds.size > 1 ? [{ label, by: 'key', entries }] : [];
  });
  const alike = [...byLabel.values()].flatMap(({ label, keys }): RepeatedEntry[] =>
    keys.size > 1
      ? [{ label, by: 'label', entries: [...keys].map(([key, stepId]) => ({ key, stepId })) }]
      : [],
  );
  return [...again, ...alike].sort((a, b) => b.entries.length - a.entries.length);
}

/** What a step or flow of a model does not say, though a reader of the catalogue needs it. */
export type ModelWarning = {
  readonly elementId: string;
  readonly name: Bilingual;
  readonly code:
    | 'content_missing'
    | 'performer_missing'
    | 'tool_missing'
    | 'time_limit_missing'
    | 'condition_missing';
};

/**
 * What is missing of a step's content (documentation, form, operation, decision, script or
 * message), performer (role or lane of a person's step) and tool, of the time limit of a person's
 * step, and of the condition of a way out of a split that is not its default.
 */
export function modelWarnings(
  { program }: ViewModel,
  steps: readonly Step[],
): readonly ModelWarning[] {
  const ofSteps = steps.flatMap((step): ModelWarning[] => {
    const isPerson = step.kind === 'person';
    const codes: ModelWarning['code'][] = [
      ...(step.documentation || step.tool ? [] : (['content_missing'] as const)),
      ...(isPerson && !step.role && !step.lane ? (['performer_missing'] as const) : []),
      ...(step.tool ? [] : (['tool_missing'] as const)),
      ...(isPerson && step.dueIn === null ? (['time_limit_missing'] as const) : []),
    ];
    return codes.map((code) => ({ elementId: step.id, name: step.name, code }));
  });
  const ofFlows = program.elements.flatMap((node): ModelWarning[] => {
    if (node.work.kind !== 'gateway' || node.outgoing.length < 2) return [];
    if (!['exclusive', 'inclusive'].includes(node.work.gateway)) return [];
    return node.outgoing.flatMap((index) => {
      const flow = program.flows[index];
      if (flow === undefined || flow.condition !== null || flow.isDefault) return [];
      const label = flow.name ?? node.name ?? flow.id;
      const name = { 'zh-CN': label, en: label };
      return [{ elementId: flow.id, name, code: 'condition_missing' as const }];
    });
  });
  return [...ofSteps, ...ofFlows];
}
