import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { claimTask, startCase } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { processesQuery, tasksQuery } from '../../api/queries.ts';
import { useName } from '../../frame/session.ts';
import { RefusalNotice } from '../refusal.tsx';

/** What the reader may begin: each button starts a case and opens its first task. */
export function Begin({ offered, label }: { offered: readonly string[]; label: string }) {
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
      <nav className="row wrap" aria-label={label}>
        {mine.map((process) => (
          <Button
            key={process.processId}
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
