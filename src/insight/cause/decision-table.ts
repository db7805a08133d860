import type { Condition, DecisionPoint } from './decision-points.ts';

/**
 * A decision point as a DMN 1.5 decision table (hit policy FIRST, every rule complete), so that
 * the rule the log suggests can be read, changed and run. Texts and numbers are quoted as FEEL.
 */
export function decisionTable(point: DecisionPoint): string {
  const columns = [
    ...new Set(point.rules.flatMap(({ conditions }) => conditions.map((each) => each.attribute))),
  ];
  const rules = point.rules.map(({ conditions, next, cases, share }, k) => {
    const cells = columns.map((column) => {
      const tests = conditions.filter(({ attribute }) => attribute === column);
      return `<inputEntry id="r${k}i${columns.indexOf(column)}"><text>${safe(cellOf(tests))}</text></inputEntry>`;
    });
    return `      <rule id="r${k}"><description>${cases}, ${(100 * share).toFixed(1)} %</description>
        ${cells.join('\n        ')}
        <outputEntry id="r${k}o"><text>${safe(quoted(next))}</text></outputEntry>
      </rule>`;
  });
  const inputs = columns.map((column, k) => {
    const numeric = point.rules.some(({ conditions }) =>
      conditions.some(
        ({ attribute, test }) => attribute === column && test !== 'is' && test !== 'is_not',
      ),
    );
    return `      <input id="i${k}" label="${safe(column)}"><inputExpression typeRef="${numeric ? 'number' : 'string'}"><text>input_${k + 1}</text></inputExpression></input>`;
  });
  const data = columns.map(
    (column, k) =>
      `  <inputData id="d${k}" name="input_${k + 1}"><description>${safe(column)}</description></inputData>`,
  );
  const needs = columns.map(
    (_, k) =>
      `    <informationRequirement id="n${k}"><requiredInput href="#d${k}"/></informationRequirement>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="discovered" name="discovered" namespace="urn:huiliu:discovered">
${data.join('\n')}
  <decision id="next" name="${safe(`after ${point.after}`)}">
${needs.join('\n')}
    <decisionTable id="table" hitPolicy="FIRST">
${inputs.join('\n')}
      <output id="o" typeRef="string"/>
${rules.join('\n')}
    </decisionTable>
  </decision>
</definitions>
`;
}

/** All tests on one attribute as one FEEL unary test: the tightest bounds, or the one value. */
function cellOf(tests: readonly Condition[]): string {
  const bound = (kind: Condition['test'], pick: (a: number, b: number) => number) => {
    const values = tests.filter(({ test }) => test === kind).map(({ value }) => Number(value));
    return values.length > 0 ? values.reduce(pick) : null;
  };
  const [from, below] = [bound('from', Math.max), bound('below', Math.min)];
  const is = tests.find(({ test }) => test === 'is');
  const not = tests.filter(({ test }) => test === 'is_not');
  if (is) return quoted(is.value);
  if (not.length > 0) return `not(${not.map(({ value }) => quoted(value)).join(', ')})`;
  if (from !== null && below !== null) return `[${from}..${below})`;
  if (from !== null) return `>= ${from}`;
  return below === null ? '-' : `< ${below}`;
}

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const safe = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
