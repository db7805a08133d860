import type { TaskPartsAnswer } from '../../contract/task-commands.ts';
import { elementIndex, elementInfo } from '../../kernel/index.ts';
import type { TaskView } from '../../runtime/views.ts';
import { namesOfLogins } from '../../store/people/names.ts';
import type { Person } from '../../store/people/sessions.ts';
import { instancesOfCase } from '../../store/process/load.ts';
import { copiesOfCase } from '../../store/process/task/copies.ts';
import type { ServerContext } from '../context.ts';

/** Steps a task can be returned to, its signers and readers; a customer is shown none of staff. */
export async function partsAnswerOf(
  context: ServerContext,
  person: Person,
  task: TaskView,
): Promise<TaskPartsAnswer> {
  if (person.kind === 'customer') {
    return { returnSteps: [], signers: [], copies: [], joint: false };
  }
  const { database, runtime, settings } = context;
  const { cellId } = settings;
  const { returnSteps, signers, joint } = await runtime.taskParts(task.id);
  const copies = await copiesOfCase(database, cellId, task.caseNumber);
  const names = await namesOfLogins(database, cellId, [
    ...returnSteps.flatMap((step) => step.login ?? []),
    ...signers.flatMap((signer) => signer.login ?? []),
    ...copies.map((copy) => copy.to_login),
  ]);
  const nameOf = (login: string | null) => (login === null ? null : (names.get(login) ?? login));
  const labels = await labelsOf(context, task.caseNumber);
  return {
    joint,
    returnSteps: returnSteps.map((step) => ({
      ...{ processId: step.processId, activity: step.element },
      ...labels(step.processId, step.element),
      performerName: nameOf(step.login),
    })),
    signers: signers.map((signer) => ({ ...signer, name: nameOf(signer.login) })),
    copies: copies.map((copy) => ({
      ...{ name: nameOf(copy.to_login) ?? copy.to_login, at: copy.at, readAt: copy.read_at },
    })),
  };
}

/** The names of elements in the models a case runs on. */
async function labelsOf({ database, runtime, settings }: ServerContext, caseNumber: string) {
  const instances = await instancesOfCase(database, settings.cellId, caseNumber);
  const programs = new Map(
    await Promise.all(
      instances.map(async (one) => {
        const { program } = await runtime.parts.models.byId(database, one.model_id);
        return [one.process_id, program] as const;
      }),
    ),
  );
  return (processId: string, element: string) => {
    const program = programs.get(processId);
    const index = program === undefined ? null : elementIndex(program, element);
    const info = program === undefined || index === null ? null : elementInfo(program, index);
    const name = info?.name ?? element;
    return { name, nameEn: info?.nameEn ?? name };
  };
}
