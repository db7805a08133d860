import { useTranslation } from 'react-i18next';
import type { Task } from '../../src/contract/tasks.ts';
import { Status, type StatusKind } from './status.tsx';
import { instantOf } from './time.ts';

/** What others have made of a task, as small marks beside its name; in a list as icons alone. */
export function TaskMarks({ task, bare = false }: { task: Task; bare?: boolean }) {
  const { t } = useTranslation();
  const { marks } = task;
  if (marks === undefined) return null;
  const { urged, returned, delegatedBy, signs } = marks;
  const shown: readonly (readonly [StatusKind, string | null])[] = [
    ['soon', urged === null ? null : t('mark.urged', { count: urged.count })],
    ['bad', returned === null ? null : t('mark.returned')],
    ['second', delegatedBy === null ? null : t('mark.delegated', { name: delegatedBy.name })],
    ['second', signs === null ? null : t(`mark.signs.${signs}`)],
  ];
  return (
    <span className={bare ? 'marks bare' : 'marks'}>
      {shown.map(
        ([kind, text]) =>
          text !== null && (
            <span key={text} title={text}>
              <Status kind={kind}>
                <span className={bare ? 'sr-only' : ''}>{text}</span>
              </Status>
            </span>
          ),
      )}
    </span>
  );
}

/** The words behind the marks: why it came back, who waits for it. */
export function TaskWords({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { returned = null, urged = null, delegatedBy = null } = task.marks ?? {};
  if (returned === null && urged === null && delegatedBy === null) return null;
  return (
    <div className="words" role="note">
      {returned !== null && (
        <p>
          <Status kind="bad">{t('mark.returned')}</Status>
          <b>{returned.reason}</b>
          <span className="muted">
            {[returned.byName, instantOf(returned.at)].filter(Boolean).join(' · ')}
            {returned.straightBack ? ` · ${t('mark.straightBack')}` : ''}
          </span>
        </p>
      )}
      {urged !== null && (
        <p>
          <Status kind="soon">{t('mark.urged', { count: urged.count })}</Status>
          {urged.reason !== '' && <b>{urged.reason}</b>}
          <span className="muted">
            {[urged.byName, instantOf(urged.at)].filter(Boolean).join(' · ')}
          </span>
        </p>
      )}
      {delegatedBy !== null && (
        <p>
          <Status kind="second">{t('mark.delegated', { name: delegatedBy.name })}</Status>
          <span className="muted">{t('mark.delegatedWhy')}</span>
        </p>
      )}
    </div>
  );
}
