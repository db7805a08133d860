import { useQuery } from '@tanstack/react-query';
import { tasksQuery } from '../api/queries.ts';
import { useMay } from './session.ts';

/** How many tasks wait for this person, claimed or to be claimed; unknown to who works none. */
export function useWaiting(): number | undefined {
  const may = useMay('work_tasks');
  return useQuery({ ...tasksQuery({ filter: 'all', limit: 1 }), enabled: may }).data?.total;
}
