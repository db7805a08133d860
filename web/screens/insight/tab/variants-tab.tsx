import type { TabProps } from '../asked.ts';
import { Variants } from '../tables.tsx';

/** 变体: cases by their sequence of activities. */
export function Tab({ answer, stack }: TabProps) {
  return <Variants answer={answer} stack={stack} />;
}
