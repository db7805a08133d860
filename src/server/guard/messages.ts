import { elementIndex, elementInfo } from '../../kernel/index.ts';
import { namesIn } from '../../runtime/task/task-rules.ts';
import { readCustomer } from '../../store/people/customers.ts';
import type { Person } from '../../store/people/sessions.ts';
import { type AwaitedMessage, messagesAwaited } from '../../store/process/awaited.ts';
import type { ServerContext } from '../context.ts';

/** A message a case waits for, with the name of where it waits and the values it may bring. */
export type Sendable = AwaitedMessage & {
  readonly name: string;
  readonly nameEn: string;
  readonly values: readonly string[];
};

/** The case a message is sent to: whose it is and where. */
type Addressee = {
  readonly caseNumber: string;
  readonly unitCode: string;
  readonly customerId: string | null;
};

/**
 * The messages a case waits for that this person may send: a customer those awaited in the own
 * lane; staff at the counter the same, where the model names their role (`counter`), with the
 * customer present. (Who may see the case at all is asked before.) What is awaited in lanes of
 * staff, such as the settlement of a loan, is told by the system itself and sent by no route.
 */
export async function sendableMessages(
  context: ServerContext,
  person: Person,
  of: Addressee,
): Promise<Sendable[]> {
  const { database, runtime, settings } = context;
  const awaited = await messagesAwaited(database, settings.cellId, of.caseNumber);
  const units = person.kind === 'customer' ? [] : await counterUnits(context, of);
  const sendable: Sendable[] = [];
  for (const message of awaited) {
    const { program } = await runtime.parts.models.byId(database, message.modelId);
    const index = elementIndex(program, message.elementId);
    const info = index === null ? null : elementInfo(program, index);
    const counterRoles = namesIn(info?.attributes.counter);
    const isOne = (held: Person['roles'][number]): boolean =>
      person.kind === 'customer'
        ? held.role === info?.role
        : counterRoles.includes(held.role) && units.includes(held.unitCode);
    if (info === null || !person.roles.some(isOne)) continue;
    const name = info.name ?? message.elementId;
    const values = namesIn(info.attributes.messageValues);
    sendable.push({ ...message, name, nameEn: info.nameEn ?? name, values });
  }
  return sendable;
}

/** Where the customer of a case is served: at the unit of the case and at the customer's own. */
async function counterUnits(
  { database, settings }: ServerContext,
  { unitCode, customerId }: Addressee,
): Promise<string[]> {
  const customer =
    customerId === null ? null : await readCustomer(database, settings.cellId, customerId);
  return customer === null ? [] : [unitCode, customer.unitCode];
}
