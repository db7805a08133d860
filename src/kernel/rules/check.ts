/** All rules of the standard over one model. */
import type { Finding, Model, XmlElement } from '../types.ts';
import { activityRules } from './activities.ts';
import { collaborationRules } from './collaborations.ts';
import { dataRules } from './data.ts';
import { definitionRules } from './definitions.ts';
import { eventRules } from './events.ts';
import { flowRules } from './flows.ts';
import { gatewayRules } from './gateways.ts';
import { linkRules } from './links.ts';
import { operationRules } from './operations.ts';
import { processOf, type Rule, see } from './rule.ts';
import { textRules } from './texts.ts';

/** Every rule, by code. */
export const rules: readonly Rule[] = [
  ...textRules,
  ...flowRules,
  ...activityRules,
  ...gatewayRules,
  ...eventRules,
  ...linkRules,
  ...definitionRules,
  ...dataRules,
  ...operationRules,
  ...collaborationRules,
].sort((left, right) => (left.code < right.code ? -1 : 1));

/**
 * What a model breaks. `inProfile`: it uses our namespace, so some rules are answered otherwise.
 */
export function check(model: Model, inProfile: boolean): Finding[] {
  const seen = see(model);
  const executable = seen.elements.filter(
    (one) => one.$type === 'bpmn:Process' && one.isExecutable === true,
  );
  const applies = (rule: Rule, element: XmlElement | null) =>
    rule.holds === 'always' ||
    (element !== null && executable.includes(processOf(element) as XmlElement)) ||
    (processOf(element ?? model.root) === null && executable.length > 0);
  // A model that is only drawn, not to be executed, is still read: its faults are warnings.
  const drawn = executable.length === 0 && seen.byType.has('process');
  const severity = drawn ? 'warning' : 'error';
  const found: Finding[] = [];
  for (const rule of rules) {
    if (inProfile && rule.inProfile === false) continue;
    for (const element of new Set(rule.broken(seen))) {
      if (!applies(rule, element)) continue;
      const at = element === null ? null : idOf(element);
      found.push({ rule: rule.code, element: at, message: rule.says, severity });
    }
  }
  return found;
}

/** The element's id, else that of the nearest element around it that has one. */
function idOf(element: XmlElement): string | null {
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.$parent) {
    if (at.id !== undefined) return at.id;
  }
  return null;
}
