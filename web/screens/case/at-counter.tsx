import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseAnswer } from '../../../src/contract/cases.ts';
import { sendMessage } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { tasksQuery } from '../../api/queries.ts';
import { useMay, useName } from '../../frame/session.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';

/** What the customer has to do in this case, for staff who may do it with the customer there. */
export function AtCounter({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const name = useName();
  const { caseNumber, awaits } = found;
  const asked = tasksQuery({ filter: 'counter', caseNumber, limit: 20 });
  const mayWork = useMay('work_tasks') && found.status === 'active';
  const tasks = useQuery({ ...asked, enabled: mayWork }).data?.tasks ?? [];
  if (tasks.length === 0 && awaits.length === 0) return null;
  return (
    <>
      <h2>{t('loans.atCounter')}</h2>
      <ul className="small">
        {tasks.map((task) => (
          <li key={task.id}>
            <Link to={`/tasks/${task.id}`}>{name(task)}</Link>{' '}
            <span className="muted">{t('counter.forCustomer')}</span>
          </li>
        ))}
      </ul>
      {awaits.length > 0 && <Confirmations caseNumber={caseNumber} awaits={awaits} />}
    </>
  );
}

/** Passing on what the customer, who is there, confirms: such as that the money has come. */
function Confirmations({ caseNumber, awaits }: Pick<CaseAnswer, 'caseNumber' | 'awaits'>) {
  const { t } = useTranslation();
  const name = useName();
  const client = useQueryClient();
  const key = useRef(idempotencyKey());
  const [isPresent, setPresent] = useState(false);
  const send = useMutation({
    mutationFn: (messageName: string) => sendMessage(caseNumber, messageName, key.current, true),
    onError: () => {
      key.current = idempotencyKey();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['case', caseNumber] }),
  });
  return (
    <>
      <label className="row present small">
        <input
          type="checkbox"
          checked={isPresent}
          onChange={(event) => setPresent(event.target.checked)}
        />
        {t('counter.present')}
      </label>
      {awaits.map((awaited) => (
        <Button
          key={awaited.messageName}
          size="small"
          disabled={!isPresent || send.isPending}
          onClick={() => send.mutate(awaited.messageName)}
        >
          {t('my.confirm', { name: name(awaited) })}
        </Button>
      ))}
      {send.isError && <RefusalNotice error={send.error} />}
    </>
  );
}
