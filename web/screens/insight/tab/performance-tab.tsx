import type { TabProps } from '../asked.ts';
import { Activities, Waiting } from '../tables.tsx';

/** 用时: what the waiting was for, and the times of every activity. */
export function Tab({ answer, stack }: TabProps) {
  return (
    <>
      <Waiting answer={answer} />
      <Activities answer={answer} stack={stack} />
    </>
  );
}
