import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Status } from './status.tsx';
import { durationOf, instantOf } from './time.ts';

/** A deadline nearer than this is due soon. */
const soonMs = 4 * 3_600_000;
const tickMs = 30_000;

/** The present, moving on by itself every half minute. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The time left to a deadline, or how long it has been passed. */
export function Due({ dueAt }: { dueAt: number | null }) {
  const { t } = useTranslation();
  const now = useNow();
  if (dueAt === null) return <span className="muted">–</span>;
  const left = dueAt - now;
  const length = durationOf(left);
  const words = left < 0 ? t('due.passed', { length }) : t('due.left', { length });
  const kind = left < 0 ? 'bad' : left < soonMs ? 'soon' : null;
  return (
    <span title={instantOf(dueAt)}>
      {kind === null ? words : <Status kind={kind}>{words}</Status>}
    </span>
  );
}
