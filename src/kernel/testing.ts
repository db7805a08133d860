/** For tests: models drawn in a few lines, and instances driven by element ids. */
import { assert, present } from '../base/assert.ts';
import type { Values } from '../base/data.ts';
import { replay } from './apply.ts';
import { decodeEvents, decodeState, encodeEvents, encodeState } from './codec.ts';
import { compile } from './compile/compile.ts';
import { elementIndex } from './info.ts';
import { read } from './model/read.ts';
import type { Program } from './program.ts';
import { mergeData } from './run/run.ts';
import { step } from './step.ts';
import type { Command, Effect, Event, ProcessData, State } from './types.ts';

const head = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:huiliu="urn:huiliu:bpmn:1"
  id="d" targetNamespace="t">`;

/**
 * BPMN XML of a process `p` drawn in lines: `userTask a` (a tag, an id, attributes),
 * `a -> b -> c` (flows named a_b, b_c), `g -> b : amount > 100` (with a condition), `{` and `}`
 * around
 * the inside of the scope on the line before, and lines that begin with `<` as they are. Lines of
 * `top` stand beside the process.
 */
export function draw(drawing: string, top = ''): string {
  const lines = drawing.split('\n').map((line) => line.trim());
  const body = lines.filter((line) => line !== '').map(xmlOf);
  const inside = body
    .join('\n')
    .replaceAll(/\/>\n\{/g, '>')
    .replaceAll(/^\}(\w+)$/gm, '</$1>');
  return `${head}${top}<process id="p" isExecutable="true">${inside}</process></definitions>`;
}

function xmlOf(line: string): string {
  if (line.startsWith('<') || line.startsWith('{') || line.startsWith('}')) return line;
  if (!line.includes('->')) {
    const [tag, id, ...attributes] = line.split(' ');
    return `<${tag} id="${id}" ${attributes.join(' ')}/>`;
  }
  const [path = '', condition] = line.split(' : ');
  const ids = path.split('->').map((id) => id.trim());
  return ids
    .slice(1)
    .map((id, at) => flowXml(present(ids[at], 'source'), id, condition))
    .join('');
}

function flowXml(source: string, target: string, condition: string | undefined): string {
  const escaped = condition?.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const inside =
    escaped === undefined
      ? ''
      : `<conditionExpression xsi:type="tFormalExpression">${escaped}</conditionExpression>`;
  return `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</sequenceFlow>`;
}

/** The program of a drawing; asserts that it compiles. */
export async function programOf(xml: string, processId = 'p'): Promise<Program> {
  const model = await read(xml);
  assert(model.ok, 'the model is readable');
  const compiled = compile(model.value, processId);
  assert(compiled.ok, `the model compiles: ${JSON.stringify(compiled)}`);
  return compiled.value;
}

/**
 * An instance under test: every step checks that replay and the stored form give the same state.
 */
export class Driver {
  readonly program: Program;
  state: State | null = null;
  data: ProcessData = { root: {}, scopes: {} };
  readonly events: Event[] = [];
  effects: readonly Effect[] = [];
  at = Date.UTC(2026, 10, 21);

  constructor(program: Program) {
    this.program = program;
  }

  /** Gives a command; the refusal's code, or null when it was carried out. */
  give(command: Command): string | null {
    const stepped = step(this.program, this.state, this.data, command);
    if (!stepped.ok) return stepped.code;
    const { state, events, effects } = stepped.value;
    this.events.push(...decodeEvents(encodeEvents(events)));
    const stored = encodeState(state);
    const replayed = encodeState(replay(this.program, null, this.events));
    assert(stored === replayed, `replay is state: ${stored} ${replayed}`);
    assert(encodeState(decodeState(stored)) === stored, 'the stored form keeps the state');
    this.state = decodeState(stored);
    this.effects = effects;
    for (const effect of effects) this.data = mergeData(this.data, effect);
    return null;
  }

  start(values: Values = {}): string | null {
    return this.give({ type: 'start', at: this.at, values });
  }

  /** Completes the oldest waiting activity of this element. */
  complete(id: string, values: Values = {}): string | null {
    const activityInstance = this.instanceOf(id);
    return this.give({ type: 'complete_activity', at: this.at, activityInstance, values });
  }

  fail(id: string, errorCode: string): string | null {
    const activityInstance = this.instanceOf(id);
    return this.give({ type: 'fail_activity', at: this.at, activityInstance, errorCode });
  }

  /** Lets the timer or message of this element happen. */
  happen(id: string, values: Values = {}): string | null {
    const element = elementIndex(this.program, id);
    for (const item of this.state?.items.values() ?? []) {
      for (const wait of item.waits) {
        if (wait.element !== element) continue;
        if (wait.kind === 'timer') {
          return this.give({ type: 'fire_timer', at: wait.dueAt, timer: wait.id });
        }
        const type = wait.kind === 'message' ? 'deliver_message' : 'deliver_signal';
        return this.give({ type, at: this.at, subscription: wait.id, values });
      }
    }
    return 'nothing_awaited';
  }

  instanceOf(id: string): number {
    const element = elementIndex(this.program, id);
    for (const item of this.state?.items.values() ?? []) {
      if (item.element === element && item.role === 'activity') return item.id;
    }
    return -1;
  }

  /** Ids of the elements that wait, in order of their ids, and the status when it is over. */
  waiting(): string {
    if (this.state === null) return '';
    if (this.state.status !== 'active') {
      return [this.state.status, this.state.outcome].filter((part) => part !== null).join(' ');
    }
    const waiting = [...this.state.items.values()]
      .filter((item) => item.role === 'activity' || item.role === 'event')
      .map((item) => present(this.program.elements[item.element], 'element').id);
    return waiting.sort().join(' ');
  }
}
