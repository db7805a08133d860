/** The way to a fault in words. */
import { present } from '../../base/assert.ts';
import type { Event } from '../types.ts';
import type { Explored } from './explore.ts';
import type { Stage } from './world.ts';

/** A fault and the way to it: element ids for the diagram, sentences for people. */
export type Judgement = {
  readonly rule: string;
  readonly elements: readonly string[];
  readonly words: readonly string[];
};

const endings: Readonly<Record<string, string>> = {
  no_option_to_complete: 'From here no end can be reached.',
  no_proper_completion: 'An end event is reached a second time.',
  unsafe: 'Two tokens are in one place.',
  message_lost: 'All is over and a message is still under way: nobody took it.',
};

/** Tells how a state was first reached. */
export function tellTrace(stage: Stage, explored: Explored, rule: string, at: number): Judgement {
  const steps: { program: number; event: Event }[] = [];
  for (let state = at; state >= 0; ) {
    const node = present(explored.nodes[state], 'state');
    steps.unshift(...node.events);
    state = node.from;
  }
  const elements = steps.flatMap(({ program, event }) => {
    const told = event.type === 'activity_completed' || event.type === 'event_occurred';
    const gateway = event.type === 'gateway_passed';
    if (!told && !gateway) return [];
    return [present(stage.programs[program]?.elements[event.element], 'element')];
  });
  return {
    rule,
    elements: elements.map((node) => node.id),
    words: [...elements.map((node) => `${node.type} ${node.name ?? node.id}`), endings[rule] ?? ''],
  };
}
