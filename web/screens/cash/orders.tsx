import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { claimTask, startCase } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { processesQuery, tasksQuery } from '../../api/queries.ts';
import { useName } from '../../frame/session.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';

/** Processes that begin on this page, in the order in which a teller's day needs them. */
const offered: readonly string[] = [
  'cash_deposit',
  'cash_withdrawal',
  'counter_payment',
  'till_order',
  'till_count',
  'counterfeit_seizure',
  'vault_transfer',
  'cash_difference',
];

/** What the reader may begin here: each button starts a case and opens its first task. */
export function Orders() {
  const { t } = useTranslation();
  const name = useName();
  const navigate = useNavigate();
  const client = useQueryClient();
  const processes = useQuery(processesQuery);
  const key = useRef(idempotencyKey());
  const begin = useMutation({
    mutationFn: async (processId: string) => {
      const { caseNumber } = await startCase(processId, {}, key.current);
      const wanted = tasksQuery({ filter: 'all', caseNumber, limit: 1 });
      const { tasks } = await client.fetchQuery({ ...wanted, staleTime: 0 });
      const [task] = tasks;
      if (task !== undefined) await claimTask(task.id);
      return task === undefined ? `/cases/${caseNumber}` : `/tasks/${task.id}`;
    },
    onError: () => {
      key.current = idempotencyKey();
    },
    onSuccess: (address) => void navigate(address),
  });
  const mine = offered.flatMap(
    (id) => processes.data?.processes.filter((one) => one.processId === id && one.mayStart) ?? [],
  );
  if (mine.length === 0) return null;
  return (
    <>
      <nav className="row wrap" aria-label={t('cash.begin')}>
        {mine.map((process, nth) => (
          <Button
            key={process.processId}
            type={nth === 0 ? 'primary' : 'default'}
            disabled={begin.isPending}
            onClick={() => begin.mutate(process.processId)}
          >
            {name(process)}
          </Button>
        ))}
      </nav>
      {begin.isError && <RefusalNotice error={begin.error} />}
    </>
  );
}
