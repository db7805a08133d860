import { elementIndex, elementInfo } from '../../kernel/index.ts';
import { namesIn } from '../../runtime/task/task-rules.ts';
import type { Person } from '../../store/people/sessions.ts';
import { type AwaitedMessage, messagesAwaited } from '../../store/process/awaited.ts';
import type { ServerContext } from '../context.ts';

/** A message a case waits for, with the name of where it waits and the values it may bring. */
export type Sendable = AwaitedMessage & {
  readonly name: string;
  readonly nameEn: string;
  readonly values: readonly string[];
};

/**
 * The messages a case waits for that this person may send: a customer those awaited in the own
 * lane. (Who may see the case at all is asked before.) What is awaited in lanes of staff, such as
 * the settlement of a loan, is told by the system itself and sent by no route.
 */
export async function sendableMessages(
  context: ServerContext,
  person: Person,
  caseNumber: string,
): Promise<Sendable[]> {
  const { database, runtime, settings } = context;
  if (person.kind !== 'customer') return [];
  const awaited = await messagesAwaited(database, settings.cellId, caseNumber);
  const sendable: Sendable[] = [];
  for (const message of awaited) {
    const { program } = await runtime.parts.models.byId(database, message.modelId);
    const index = elementIndex(program, message.elementId);
    const info = index === null ? null : elementInfo(program, index);
    if (info === null || !person.roles.some((held) => held.role === info.role)) continue;
    const name = info.name ?? message.elementId;
    const values = namesIn(info.attributes.messageValues);
    sendable.push({ ...message, name, nameEn: info.nameEn ?? name, values });
  }
  return sendable;
}
