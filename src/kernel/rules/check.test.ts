import { describe, expect, test } from 'vitest';
import { assert } from '../../base/assert.ts';
import { compile } from '../compile/compile.ts';
import { read } from '../model/read.ts';
import { draw } from '../testing.ts';
import { rules } from './check.ts';

/** A drawing, and the rules it breaks with the elements that break them. */
const faults: readonly (readonly [string, string])[] = [
  ['startEvent s\nuserTask a\nendEvent e\ns -> a -> e', ''],
  ['startEvent s\nuserTask a\nendEvent e\ns -> a -> e\ne -> a', 'EXT104 e'],
  ['startEvent s\nuserTask a\nendEvent e\ns -> a -> e\na -> s', 'EXT096 s'],
  ['startEvent s\nuserTask a\ns -> a', 'EXT105 p'],
  ['startEvent s\nuserTask a startQuantity="0"\nendEvent e\ns -> a -> e', 'EXT037 a'],
  ['startEvent s\nuserTask a\nendEvent e\ns -> a\na -> e : x = 1', 'EXT025 a_e'],
  ['startEvent s\nexclusiveGateway g\nendEvent e\ns -> g -> e', 'EXT135 g'],
  ['startEvent s\nadHocSubProcess a\nendEvent e\ns -> a -> e', 'EXT061 a'],
  [
    'startEvent s\nuserTask a\n<boundaryEvent id="b" attachedToRef="a"><cancelEventDefinition/></boundaryEvent>\nendEvent e\nendEvent e2\ns -> a -> e\nb -> e2',
    'EXT111 b, EXT120 b',
  ],
  [
    'startEvent s\n<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">soon</timeDuration></timerEventDefinition></intermediateCatchEvent>\nendEvent e\ns -> t -> e',
    'EXT134 t',
  ],
  [
    'startEvent s\nuserTask a\nendEvent e\ns -> a -> nowhere\na -> e',
    'REF a_nowhere, flow_without_end a_nowhere',
  ],
  [
    'startEvent s\nuserTask a\nendEvent e\nendEvent o\ns -> a\na -> e : x = = 1\na -> o',
    'expression_invalid a_e',
  ],
  ['startEvent s\nbusinessRuleTask a\nendEvent e\ns -> a -> e', 'decision_missing a'],
];

describe('rules of the standard', () => {
  test.each(faults)('%#', async (drawing, broken) => {
    const model = await read(draw(drawing));
    assert(model.ok, 'the model is readable');
    const { findings } = compile(model.value);
    const errors = findings.filter((finding) => finding.severity === 'error');
    expect(errors.map(({ rule, element }) => `${rule} ${element}`).join(', ')).toBe(broken);
  });

  test('a model that is only drawn gets warnings', async () => {
    const drawn = draw('startEvent s\nendEvent e\nuserTask a\ns -> e').replace(
      '="true"',
      '="false"',
    );
    const model = await read(drawn);
    assert(model.ok, 'the model is readable');
    const compiled = compile(model.value);
    expect(compiled.ok).toBe(true);
    expect(compiled.findings.map((finding) => finding.severity)).toEqual(['warning', 'warning']);
  });

  test('rules are in order, named once, and say what must hold', () => {
    const codes = rules.map((rule) => rule.code);
    expect(codes).toEqual([...codes].sort());
    expect(new Set(codes).size).toBe(codes.length);
    for (const { code, says } of rules) {
      expect(code).toMatch(/^(EXT\d{3}|REF)$/);
      expect(says).toMatch(/\.$/);
    }
  });
});
