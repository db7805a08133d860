import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { JsonValues } from '../../../src/contract/shapes.ts';
import { startCase } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { tasksQuery } from '../../api/queries.ts';
import { useSession } from '../../frame/session.ts';

/**
 * Starts a case for the customer and goes on to its first task, or to its progress where there is
 * none. One key for each press that was not refused, so that a retry is never a second case.
 */
export function useStart() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { user } = useSession();
  const key = useRef(idempotencyKey());
  const begun = useMutation({
    mutationFn: async ({ processId, values }: { processId: string; values: JsonValues }) => {
      const own = user.customerNumber === null ? {} : { customerNumber: user.customerNumber };
      const { caseNumber } = await startCase(processId, { ...own, ...values }, key.current);
      const { tasks } = await client.fetchQuery({
        ...tasksQuery({ filter: 'all', caseNumber, limit: 1 }),
        staleTime: 0,
      });
      return { caseNumber, task: tasks[0] };
    },
    onError: () => {
      key.current = idempotencyKey();
    },
    onSuccess: ({ caseNumber, task }) =>
      void navigate(task === undefined ? `/my/cases/${caseNumber}` : `/my/tasks/${task.id}`),
  });
  return {
    start: (processId: string, values: JsonValues = {}) => begun.mutate({ processId, values }),
    isPending: begun.isPending,
    error: begun.error,
  };
}
