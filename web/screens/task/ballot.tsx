import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TaskDetailAnswer } from '../../../src/contract/tasks.ts';
import { historyQuery } from '../../api/queries.ts';
import { decisionOf, type FormFile } from '../../parts/form/schema.ts';
import { Status } from '../../parts/status.tsx';

/** 表决: who of the members has voted and who has not; how stays sealed until all have. */
export function Ballot({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const { task, values } = detail;
  const lines = useQuery(historyQuery(task.caseNumber)).data?.lines ?? [];
  const form = detail.form as FormFile | null;
  const members = values['committeeMembers'];
  const isVote = form !== null && decisionOf(form)?.key === 'vote';
  if (!isVote || !Array.isArray(members)) return null;
  const voted = new Set(
    lines
      .filter((line) => line.element === task.activity && line.event === 'activity_completed')
      .map((line) => line.performer),
  );
  const nameOf = (login: string) =>
    lines.find((line) => line.performer === login)?.performerName ?? login;
  return (
    <section>
      <h2>{t('ballot.title')}</h2>
      {members.map(String).map((login) => (
        <div className="check-row" key={login}>
          <span>{nameOf(login)}</span>
          <Status kind={voted.has(login) ? 'run' : 'wait'} icon={voted.has(login) ? 'dot' : 'wait'}>
            {t(voted.has(login) ? 'ballot.voted' : 'ballot.open')}
          </Status>
        </div>
      ))}
    </section>
  );
}
