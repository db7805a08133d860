import type { z } from 'zod';
import type { historyLineShape } from '../../src/contract/cases.ts';
import { useName } from '../frame/session.ts';
import { Icon, type IconName } from './icon.tsx';
import { eventText } from './labels.ts';
import { instantOf, shortInstantOf } from './time.ts';

export type HistoryLine = z.infer<typeof historyLineShape>;

/** Steps on the way to an activity's end; once it has ended, only the end is worth a line. */
const onTheWay = new Set(['activity_scheduled', 'activity_claimed', 'activity_released']);

/** Said elsewhere on the page: decisions have a view of their own, calls are activities. */
const saidElsewhere = new Set(['decision_taken', 'called_process_started', 'called_process_ended']);

/** What a reader wants to see: each activity once, as it stands, and what happened to the case. */
export function worthALine(lines: readonly HistoryLine[]): readonly HistoryLine[] {
  const keyOf = (line: HistoryLine) => `${line.processId} ${line.element}`;
  const told = lines.filter((line) => !saidElsewhere.has(line.event));
  const last = new Map(told.map((line, at) => [keyOf(line), at]));
  return told.filter((line, at) => !onTheWay.has(line.event) || last.get(keyOf(line)) === at);
}

/** The way of a case so far, oldest first: when, what, who. */
export function History({ lines }: { lines: readonly HistoryLine[] }) {
  const name = useName();
  return (
    <ol className="timeline">
      {worthALine(lines).map((line, at) => {
        const look = lookOf(line.event);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the log only grows at its end
          <li key={at} className={look.name}>
            <time title={instantOf(line.at)}>{shortInstantOf(line.at)}</time>
            <span className="mark">
              <Icon name={look.icon} size={12} />
            </span>
            <span>
              {name(line)} <span className="by">{eventText(line.event)}</span>
              {line.performerName !== null && line.event !== 'activity_scheduled' && (
                <span className="by"> · {line.performerName}</span>
              )}
              {typeof line.toName === 'string' && <span className="by"> → {line.toName}</span>}
              {typeof line.reason === 'string' && <q className="why">{line.reason}</q>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function lookOf(event: string): { readonly name: string; readonly icon: IconName } {
  if (/fail|returned|recalled|withdrawn|terminated/.test(event))
    return { name: 'bad', icon: 'bad' };
  if (event === 'activity_cancelled') return { name: 'wait', icon: 'wait' };
  if (/complete|posted|ended|added|received|printed/.test(event))
    return { name: 'done', icon: 'done' };
  return { name: 'now', icon: 'run' };
}
