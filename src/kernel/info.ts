/** What a program knows of its elements, for people and for the runtime. */
import { present } from '../base/assert.ts';
import type { ElementInfo, Program } from './program.ts';

/** The element of this number; asserts that there is one. */
export function elementInfo(program: Program, index: number): ElementInfo {
  const { id, name, nameEn, type, lane, role, unit, attributes, documentation } = present(
    program.elements[index],
    `element ${index}`,
  );
  return { index, id, name, nameEn, type, lane, role, unit, attributes, documentation };
}

/** The number of the element with this id, null when there is none. */
export function elementIndex(program: Program, id: string): number | null {
  const index = program.elements.findIndex((node) => node.id === id);
  return index < 0 ? null : index;
}
