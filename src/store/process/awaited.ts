import type { Queries } from '../database.ts';

/** A message that a case waits for, at which element of which model. */
export type AwaitedMessage = {
  readonly messageName: string;
  readonly correlation: string;
  readonly elementId: string;
  readonly modelId: string;
};

/** Messages that a case and the processes it has called wait for now, the oldest first. */
export async function messagesAwaited(
  queries: Queries,
  cellId: number,
  caseNumber: string,
): Promise<AwaitedMessage[]> {
  return await queries.query<AwaitedMessage>(
    `select s.message_name as "messageName", s.correlation, s.element_id as "elementId",
       i.model_id as "modelId"
     from message_subscription s
     join process_instance i on i.cell_id = s.cell_id and i.id = s.instance_id
     where s.cell_id = $1 and s.case_number = $2 and s.kind = 'message'
     order by s.id`,
    [cellId, caseNumber],
  );
}
