import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Task } from '../../src/contract/tasks.ts';
import { claimTask, nextTask } from '../api/commands.ts';

/** Pulls the next task: claims it where it is free, then hands it over; null when none waits. */
export function useNextTask(open: (task: Task) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<Task | null> => {
      const { task } = await nextTask();
      if (task === null || task.status !== 'ready') return task;
      return (await claimTask(task.id)).task;
    },
    onSuccess: async (task) => {
      await client.invalidateQueries({ queryKey: ['tasks'] });
      if (task !== null) open(task);
    },
  });
}
