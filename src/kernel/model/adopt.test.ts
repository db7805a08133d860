import { expect, test } from 'vitest';
import { assert } from '../../base/assert.ts';
import { compile } from '../compile/compile.ts';
import { draw } from '../testing.ts';
import { adopt, feelOf } from './adopt.ts';
import { read } from './read.ts';

/** An expression as Camunda writes it. */
const juel = (text: string) => `$\{${text}}`;

test.each([
  ['approved', 'approved'],
  ['!approved', 'not(approved)'],
  ["clarified == 'yes'", 'clarified = "yes"'],
  ['amount > 100 && tier != 2', 'amount > 100 and tier != 2'],
  ["execution.getVariable('x') eq 1", 'x = 1'],
  ['service.isOpen(x)', null],
  ['a ? b : c', null],
])('%s in FEEL', (juel, wanted) => {
  expect(feelOf(juel)).toBe(wanted);
});

test('a Camunda 7 model compiles once its extensions are taken over', async () => {
  const xml = draw(
    [
      'startEvent s',
      `<userTask id="a" camunda:assignee="${juel('clerk')}" camunda:formKey="apply.form" camunda:dueDate="P1D"/>`,
      `<serviceTask id="b" camunda:delegateExpression="${juel('transfer')}" camunda:asyncBefore="true"/>`,
      '<callActivity id="c" calledElement="q"><extensionElements><camunda:in source="x" target="x"/><camunda:out source="y" target="z"/></extensionElements></callActivity>',
      'exclusiveGateway g default="g_e"',
      'endEvent e',
      'endEvent o',
      's -> a -> b -> c -> g',
      `g -> o : ${juel("amount == 'high'")}`,
      'g -> e',
    ].join('\n'),
  ).replace(
    'xmlns:huiliu="urn:huiliu:bpmn:1"',
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
  );
  const model = await read(xml);
  assert(model.ok, 'the model is readable');
  const { report } = adopt(model.value);
  expect(report.map(({ element, became }) => `${element} ${became}`)).toEqual([
    'a assignee="clerk"',
    'a form="apply.form"',
    'a null',
    'b operation="transfer"',
    'b null',
    'c in="x"',
    'c null',
    'g_o amount = "high"',
  ]);
  const compiled = compile(model.value);
  assert(compiled.ok, `compiles: ${JSON.stringify(compiled.findings)}`);
  const [a, b] = ['a', 'b'].map((id) => compiled.value.elements.find((node) => node.id === id));
  expect([a?.attributes, b?.attributes]).toEqual([
    { assignee: 'clerk', form: 'apply.form' },
    { operation: 'transfer' },
  ]);
});

test('a model of our own is left as it is', async () => {
  const model = await read(draw('startEvent s\nendEvent e\ns -> e'));
  assert(model.ok, 'the model is readable');
  expect(adopt(model.value)).toEqual({ model: model.value, report: [] });
});
