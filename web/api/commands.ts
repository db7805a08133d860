import type { z } from 'zod';
import type { messageAnswer, startCaseAnswer } from '../../src/contract/cases.ts';
import type { DayAnswer } from '../../src/contract/day.ts';
import type { addDocumentAnswer } from '../../src/contract/documents.ts';
import type { Paper, PrintAnswer } from '../../src/contract/prints.ts';
import type { SignInAnswer, signOnAnswer } from '../../src/contract/session.ts';
import type { JsonValues } from '../../src/contract/shapes.ts';
import type { CompleteAnswer, nextTaskAnswer, TaskAnswer } from '../../src/contract/tasks.ts';
import { request } from './request.ts';

/** What a person can order. Each intention has one key, so a retry is never a second act. */
export const signIn = (login: string, password: string) =>
  request<SignInAnswer>('/api/session', { method: 'POST', body: { login, password } });

export const signOut = () => request<unknown>('/api/session', { method: 'DELETE' });

/** 签到: begins the day's work at the own unit. */
export const signOn = () =>
  request<z.infer<typeof signOnAnswer>>('/api/session/sign-on', { method: 'PUT', body: {} });

/** 签退: ends it. */
export const signOff = () => request<unknown>('/api/session/sign-on', { method: 'DELETE' });

const taskPath = (id: string) => `/api/tasks/${encodeURIComponent(id)}`;

/** `customerPresent`: staff take a customer's task, and the customer is there. */
export const claimTask = (id: string, customerPresent = false) =>
  request<TaskAnswer>(`${taskPath(id)}/claim`, {
    method: 'POST',
    body: customerPresent ? { customerPresent } : {},
  });

export const releaseTask = (id: string) =>
  request<TaskAnswer>(`${taskPath(id)}/release`, { method: 'POST', body: {} });

export const saveDraft = (id: string, values: JsonValues) =>
  request<unknown>(`${taskPath(id)}/draft`, { method: 'PUT', body: { values } });

/** 退回: sends the case back for correction. */
export const returnTask = (
  id: string,
  order: {
    readonly to: string | { readonly activity: string };
    readonly reason: string;
    readonly straightBack: boolean;
  },
  key: string,
) => request<unknown>(`${taskPath(id)}/return`, { method: 'POST', body: order, key });

export const completeTask = (
  id: string,
  values: JsonValues,
  key: string,
  customerPresent = false,
) =>
  request<CompleteAnswer>(`${taskPath(id)}/complete`, {
    method: 'POST',
    body: customerPresent ? { values, customerPresent } : { values },
    key,
  });

export const nextTask = () => request<z.infer<typeof nextTaskAnswer>>('/api/tasks/next');

/** Says what the case waits for, such as that the money has come. */
export const sendMessage = (
  caseNumber: string,
  messageName: string,
  key: string,
  customerPresent = false,
) =>
  request<z.infer<typeof messageAnswer>>(`/api/cases/${encodeURIComponent(caseNumber)}/messages`, {
    method: 'POST',
    body: customerPresent ? { messageName, customerPresent } : { messageName },
    key,
  });

/** Registers a printing and gives its number; whatever is not the first is a copy. */
export const printPaper = (caseNumber: string, paper: Paper, key: string) =>
  request<PrintAnswer>(`/api/cases/${encodeURIComponent(caseNumber)}/prints`, {
    method: 'POST',
    body: { paper },
    key,
  });

/** Puts a file into a case; the server tells by its content what it is. */
export const addDocument = async (caseNumber: string, kind: string, file: File) =>
  await request<z.infer<typeof addDocumentAnswer>>(
    `/api/cases/${encodeURIComponent(caseNumber)}/documents`,
    { method: 'POST', body: { kind, title: file.name, content: await base64Of(file) } },
  );

/** Base64 of a file by way of the browser's own reader, which no plain-http page is denied. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** 撤回申请: the applicant ends the case before it is decided. */
export const withdrawCase = (caseNumber: string, key: string) =>
  request<unknown>(`/api/cases/${encodeURIComponent(caseNumber)}/withdraw`, {
    method: 'POST',
    body: {},
    key,
  });

export const startCase = (processId: string, values: JsonValues, key: string) =>
  request<z.infer<typeof startCaseAnswer>>('/api/cases', {
    method: 'POST',
    body: { processId, values },
    key,
  });

/** 日终: closes an accounting date, or goes on where it stopped; the date itself is the key. */
export const closeDay = (date: string) =>
  request<DayAnswer>('/api/day/close', { method: 'POST', body: { date } });
