import { describe, expect, test } from 'vitest';
import { compare } from './compare.ts';
import { outline, outlineText } from './outline.ts';
import { draw, programOf } from './testing.ts';

const loan = (name: string, condition: string, more = '') => `
  <startEvent id="s" name="Asked"/>
  <userTask id="review" name="${name}"/>
  <exclusiveGateway id="g" name="Agreed?" default="g_no"/>
  <userTask id="pay" name="Pay"/>
  <userTask id="tell" name="Tell"/>
  <endEvent id="e" name="Done"/>
  <endEvent id="no" name="Refused"/>
  s -> review -> g
  g -> pay : ${condition}
  g -> no
  pay -> tell -> e${more}`;

describe('outline', () => {
  test('a process as text', async () => {
    const program = await programOf(draw(loan('Review', 'agreed')));
    expect(outlineText(program).split('\n')).toEqual([
      'Asked [startEvent]',
      'Review [userTask]',
      'Agreed? [exclusiveGateway]',
      '  - agreed:',
      '    Pay [userTask]',
      '    Tell [userTask]',
      '    Done [endEvent]',
      '  - default:',
      '    Refused [endEvent]',
    ]);
  });

  test('what branches lead to together follows them, and loops point back', async () => {
    const program = await programOf(
      draw(`startEvent s
        exclusiveGateway m
        parallelGateway f
        userTask a
        userTask b
        parallelGateway j
        exclusiveGateway x default="x_e"
        endEvent e
        s -> m -> f -> a -> j -> x
        f -> b -> j
        x -> m : again
        x -> e`),
    );
    const told = outline(program).map(({ depth, kind, element }) => {
      return `${depth} ${kind} ${program.elements[element]?.id}`;
    });
    expect(told).toEqual([
      ...['0 element s', '0 element m', '0 element f'],
      ...['1 way a', '2 element a', '1 way b', '2 element b'],
      ...['0 element j', '0 element x'],
      ...['1 way m', '2 back m', '1 way e', '2 element e'],
    ]);
  });
});

describe('compare', () => {
  test('nothing changed', async () => {
    const program = await programOf(draw(loan('Review', 'agreed')));
    expect(compare(program, program)).toEqual([]);
  });

  test('what was added, removed and changed', async () => {
    const before = await programOf(draw(loan('Review', 'agreed')));
    const after = await programOf(
      draw(
        loan('First review', 'agreed = true')
          .replace('<userTask id="tell" name="Tell"/>', '<userTask id="file" name="File"/>')
          .replace('pay -> tell -> e', 'pay -> file -> e'),
      ),
    );
    expect(
      compare(before, after).map(({ kind, element, what, after: now }) =>
        [kind, element, what, now].filter((part) => part !== null).join(' '),
      ),
    ).toEqual([
      'removed tell',
      'removed pay_tell',
      'removed tell_e',
      'added file',
      'added pay_file',
      'added file_e',
      'changed review name First review',
      'changed g_pay condition agreed = true',
    ]);
  });
});
