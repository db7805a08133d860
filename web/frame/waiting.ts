import { useQuery } from '@tanstack/react-query';
import { tasksQuery } from '../api/queries.ts';

/** How many tasks wait for this person: claimed ones and those that may be claimed. */
export function useWaiting(): number | undefined {
  return useQuery(tasksQuery({ filter: 'all', limit: 1 })).data?.total;
}
