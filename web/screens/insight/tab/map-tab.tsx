import type { TabProps } from '../asked.ts';
import { ProcessMap } from '../map.tsx';
import { Bottlenecks } from '../tables.tsx';

/** 地图: how work flows, and where it waits most. */
export function Tab({ answer, stack }: TabProps) {
  return (
    <div className="insight-two">
      <Bottlenecks answer={answer} stack={stack} />
      <ProcessMap key={answer.maps.length} answer={answer} stack={stack} />
    </div>
  );
}
