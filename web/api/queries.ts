import { QueryClient, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { accountsAnswer, StatementAnswer } from '../../src/contract/accounts.ts';
import type {
  CaseAnswer,
  caseEntriesAnswer,
  casesAnswer,
  decisionsAnswer,
  diagramAnswer,
  documentsAnswer,
  historyAnswer,
} from '../../src/contract/cases.ts';
import type { customerAnswer, customersAnswer } from '../../src/contract/customers.ts';
import type { DayAnswer } from '../../src/contract/day.ts';
import type { ReadyAnswer } from '../../src/contract/health.ts';
import type { TrialBalanceAnswer } from '../../src/contract/ledger.ts';
import type { NotePageAnswer, PrepaymentAnswer } from '../../src/contract/loan-notes.ts';
import type { LoansAnswer } from '../../src/contract/loans.ts';
import type {
  processAnswer,
  processChangesAnswer,
  processesAnswer,
} from '../../src/contract/processes.ts';
import type { demoPeopleAnswer, SessionAnswer } from '../../src/contract/session.ts';
import type { TaskDetailAnswer, TasksAnswer } from '../../src/contract/tasks.ts';
import { Refused, request } from './request.ts';

/** Questions are asked again when the stream says so, not by age. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => error instanceof Refused && error.refusal.status === 0 && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

type Filters = Readonly<Record<string, string | number | undefined>>;

function get<T>(path: string, filters: Filters = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const query = search.size === 0 ? '' : `?${search}`;
  return ({ signal }: { signal: AbortSignal }) => request<T>(`${path}${query}`, { signal });
}

const segment = encodeURIComponent;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: get<SessionAnswer>('/api/session'),
  staleTime: 300_000,
});

/** People of a demo bank; nobody elsewhere, where the route does not exist. */
export const demoPeopleQuery = queryOptions({
  queryKey: ['demo-people'],
  queryFn: async ({ signal }): Promise<z.infer<typeof demoPeopleAnswer>> => {
    const answer = await fetch('/api/demo/people', { signal });
    return answer.ok ? await answer.json() : { people: [] };
  },
});

/** Unlike the others its 503 is an answer too: the same shape, with what is wrong. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async ({ signal }): Promise<ReadyAnswer> => {
    const answer = await fetch('/health/ready', { signal }).catch(() => null);
    if (answer === null) {
      const checks = { database: 'failed', accountingDate: null } as const;
      return { status: 'not_ready', version: '', checks };
    }
    return (await answer.json()) as ReadyAnswer;
  },
  refetchInterval: 30_000,
});

export const tasksQuery = (filters: Filters) =>
  queryOptions({ queryKey: ['tasks', filters], queryFn: get<TasksAnswer>('/api/tasks', filters) });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: get<TaskDetailAnswer>(`/api/tasks/${segment(id)}`),
  });

export const casesQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['cases', filters],
    queryFn: get<z.infer<typeof casesAnswer>>('/api/cases', filters),
  });

const caseQueryOf =
  <T>(part: string) =>
  (caseNumber: string) =>
    queryOptions({
      queryKey: ['case', caseNumber, part],
      queryFn: get<T>(`/api/cases/${segment(caseNumber)}${part === '' ? '' : `/${part}`}`),
    });

export const caseQuery = caseQueryOf<CaseAnswer>('');
export const historyQuery = caseQueryOf<z.infer<typeof historyAnswer>>('history');
export const entriesQuery = caseQueryOf<z.infer<typeof caseEntriesAnswer>>('entries');
export const decisionsQuery = caseQueryOf<z.infer<typeof decisionsAnswer>>('decisions');
export const documentsQuery = caseQueryOf<z.infer<typeof documentsAnswer>>('documents');

export const diagramQuery = (caseNumber: string, processId: string | undefined) =>
  queryOptions({
    queryKey: ['case', caseNumber, 'diagram', processId ?? ''],
    queryFn: get<z.infer<typeof diagramAnswer>>(`/api/cases/${segment(caseNumber)}/diagram`, {
      processId,
    }),
  });

export const customersQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['customers', filters],
    queryFn: get<z.infer<typeof customersAnswer>>('/api/customers', filters),
  });

export const customerQuery = (customerNumber: string) =>
  queryOptions({
    queryKey: ['customer', customerNumber],
    queryFn: get<z.infer<typeof customerAnswer>>(`/api/customers/${segment(customerNumber)}`),
  });

export const accountsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['accounts', filters],
    queryFn: get<z.infer<typeof accountsAnswer>>('/api/accounts', filters),
  });

export const statementQuery = (accountNumber: string, filters: Filters) =>
  queryOptions({
    queryKey: ['statement', accountNumber, filters],
    queryFn: get<StatementAnswer>(`/api/accounts/${segment(accountNumber)}/statement`, filters),
  });

/** A loan note with its plan, history and nights. */
export const noteQuery = (noteNumber: string) =>
  queryOptions({
    queryKey: ['cases', 'note', noteNumber],
    queryFn: get<NotePageAnswer>(`/api/loans/${segment(noteNumber)}`),
  });

/** What prepaying a part of a note's principal today would come to. */
export const prepaymentQuery = (noteNumber: string, principalMinor: string) =>
  queryOptions({
    queryKey: ['cases', 'prepayment', noteNumber, principalMinor],
    queryFn: get<PrepaymentAnswer>(`/api/loans/${segment(noteNumber)}/prepayment`, {
      principalMinor,
    }),
  });

/** Contracts and notes of a customer; without a number those of who asks. */
export const loansQuery = (customerNumber?: string) =>
  queryOptions({
    queryKey: ['cases', 'loans', customerNumber ?? ''],
    queryFn: get<LoansAnswer>('/api/loans', { customerNumber }),
  });

export const processesQuery = queryOptions({
  queryKey: ['processes'],
  queryFn: get<z.infer<typeof processesAnswer>>('/api/processes'),
});

export const processQuery = (processId: string) =>
  queryOptions({
    queryKey: ['process', processId],
    queryFn: get<z.infer<typeof processAnswer>>(`/api/processes/${segment(processId)}`),
  });

export const processChangesQuery = (processId: string, after: number) =>
  queryOptions({
    queryKey: ['process-changes', processId, after],
    queryFn: get<z.infer<typeof processChangesAnswer>>(
      `/api/processes/${segment(processId)}/changes`,
      { after: String(after) },
    ),
  });

export const trialBalanceQuery = (date: string | undefined) =>
  queryOptions({
    queryKey: ['trial-balance', date ?? ''],
    queryFn: get<TrialBalanceAnswer>('/api/ledger/trial-balance', { date }),
  });

/** The end of day of a date; without one, of that which is being closed or open. */
export const dayQuery = (date: string | undefined) =>
  queryOptions({
    queryKey: ['day', date ?? ''],
    queryFn: get<DayAnswer>('/api/day', { date }),
  });
