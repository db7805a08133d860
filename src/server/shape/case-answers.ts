import { present } from '../../base/assert.ts';
import { isValues, parseValue, type Values } from '../../base/data.ts';
import type { CaseAnswer, CaseSummary } from '../../contract/cases.ts';
import { elementInfo } from '../../kernel/index.ts';
import { namesIn } from '../../runtime/task/task-rules.ts';
import type { CaseView } from '../../runtime/views.ts';
import type { Person } from '../../store/people/sessions.ts';
import type { CaseRow } from '../../store/process/cases.ts';
import { instancesOfCase } from '../../store/process/load.ts';
import { tasksOfCase } from '../../store/process/tasks.ts';
import type { ServerContext } from '../context.ts';
import { sendableMessages } from '../guard/messages.ts';
import { jsonValues } from './values.ts';

/** Cases as rows of a list. */
export async function caseSummaries(
  context: ServerContext,
  rows: readonly CaseRow[],
): Promise<CaseSummary[]> {
  const { database, runtime } = context;
  return await Promise.all(
    rows.map(async (row) => {
      const model = await runtime.parts.models.byId(database, row.modelId);
      return summaryOf(row, model.row.name, model.row.name_en);
    }),
  );
}

function summaryOf(row: CaseRow, processName: string, processNameEn: string): CaseSummary {
  return {
    ...{ caseNumber: row.caseNumber, processId: row.processId, processName, processNameEn },
    ...{ status: row.status, outcome: row.outcome, unitId: row.unitCode },
    ...{ customerNumber: row.customerId, startedAt: row.startedAt },
    ...{ dueAt: row.dueAt, endedAt: row.endedAt },
  };
}

/** A case as this person may read it: a customer sees no more data than was in the own forms. */
export async function caseAnswerOf(
  context: ServerContext,
  person: Person,
  view: CaseView,
): Promise<CaseAnswer> {
  const isCustomer = person.kind === 'customer';
  const values = isCustomer
    ? await customersValues(context, view.caseNumber, view.values)
    : view.values;
  const awaited = await sendableMessages(context, person, view);
  return {
    ...summaryOf(view, view.processName, view.processNameEn),
    modelVersion: String(view.modelVersion),
    values: jsonValues(values),
    tokens: [...view.tokens],
    // Which way the bank's own checks went is not the customer's to read.
    path: isCustomer ? [] : [...view.path],
    awaits: awaited.map(({ messageName, elementId, name, nameEn }) => ({
      ...{ messageName, element: elementId, name, nameEn },
    })),
  };
}

/**
 * Of the data of a case what stands in forms that the customer has been given to fill in, and what
 * the attribute `customerSees` of the process names, such as the terms of the contract.
 */
export async function customersValues(
  context: ServerContext,
  caseNumber: string,
  values: Values,
): Promise<Values> {
  const { database, runtime, settings } = context;
  const tasks = await tasksOfCase(database, settings.cellId, caseNumber);
  const [root] = await instancesOfCase(database, settings.cellId, caseNumber);
  const model = await runtime.parts.models.byId(database, present(root, caseNumber).model_id);
  const names = new Set(namesIn(elementInfo(model.program, 0).attributes.customerSees));
  for (const task of tasks) {
    if (task.customer_id === null || task.form === null) continue;
    const { formTexts } = await runtime.parts.models.byId(database, task.model_id);
    for (const name of formKeys(formTexts.get(task.form) ?? '{}')) names.add(name);
  }
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function formKeys(formText: string): string[] {
  const parsed = parseValue(formText);
  const components = parsed.ok && isValues(parsed.value) ? parsed.value.components : null;
  if (!Array.isArray(components)) return [];
  return components.flatMap((component) => {
    const key = isValues(component) ? component.key : null;
    return typeof key === 'string' ? [key] : [];
  });
}
