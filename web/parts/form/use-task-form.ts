import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CompleteAnswer, TaskDetailAnswer } from '../../../src/contract/tasks.ts';
import { completeTask, saveDraft } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { useSession } from '../../frame/session.ts';
import { decisionOf, type FormChoice, type FormFile } from './schema.ts';
import { type Fault, type FormState, stateFrom, type Typed, valuesFrom } from './state.ts';

/** A pause in typing this long keeps the draft. */
const draftPauseMs = 800;

/** A form being filled: what is typed, what is wrong, keeping drafts, and sending it once. */
export function useTaskForm(
  detail: TaskDetailAnswer,
  onDone: (answer: CompleteAnswer) => void,
  { customerPresent = false }: { readonly customerPresent?: boolean } = {},
) {
  const client = useQueryClient();
  const { task } = detail;
  const form = detail.form as FormFile | null;
  const { login } = useSession().user;
  const [state, setState] = useState<FormState>(() => firstState(detail, login));
  const [faults, setFaults] = useState<Readonly<Record<string, Fault>>>({});
  const draft = useDraft(draftKey(task.id, login), task.id, form, state);
  // One key per task and page: a repeated submit is the same intention.
  const key = useRef(idempotencyKey());
  const complete = useMutation({
    mutationFn: (values: TaskDetailAnswer['values']) =>
      completeTask(task.id, values, key.current, customerPresent),
    onError: () => {
      key.current = idempotencyKey();
    },
    onSuccess: async (answer) => {
      forgetDraft(task.id, login);
      onDone(answer);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['tasks'] }),
        client.invalidateQueries({ queryKey: ['case', answer.caseNumber] }),
        client.invalidateQueries({ queryKey: ['cases'] }),
      ]);
    },
  });
  const change = (name: string, typed: Typed) => {
    setState((before) => ({ ...before, [name]: typed }));
    setFaults(({ [name]: _gone, ...rest }) => rest);
  };
  const submit = (choice: FormChoice | null) => {
    if (complete.isPending) return;
    const decision = form === null ? null : decisionOf(form);
    const decided =
      decision === null || choice === null ? state : { ...state, [decision.key]: choice.value };
    const read = form === null ? { values: {}, faults: {} } : valuesFrom(form, decided);
    setFaults(read.faults);
    if (Object.keys(read.faults).length > 0) return focusFirstFault();
    complete.mutate(read.values);
  };
  return {
    state,
    faults,
    change,
    submit,
    busy: complete.isPending,
    error: complete.error,
    keptAt: draft,
  };
}

/** What one person has typed is nobody else's, also where a terminal is shared. */
function draftKey(taskId: string, login: string): string {
  return `huiliu.draft.${login}.${taskId}`;
}

/** Drops what this browser keeps of a draft: the task is over, or in other hands for a while. */
export function forgetDraft(taskId: string, login: string): void {
  localStorage.removeItem(draftKey(taskId, login));
}

/** As typed in this browser, else as kept by the server, else from the values of the case. */
function firstState({ task, form, values, draft }: TaskDetailAnswer, login: string): FormState {
  if (form === null) return {};
  const known = stateFrom(form as unknown as FormFile, { ...values, ...draft });
  const kept = localStorage.getItem(draftKey(task.id, login));
  return kept === null ? known : { ...known, ...(JSON.parse(kept) as FormState) };
}

/** Keeps what is typed, here at once and at the server after a pause; gives when it was kept. */
function useDraft(
  key: string,
  taskId: string,
  form: FormFile | null,
  state: FormState,
): number | null {
  const [keptAt, setKeptAt] = useState<number | null>(null);
  const first = useRef(state);
  useEffect(() => {
    if (form === null || state === first.current) return;
    localStorage.setItem(key, JSON.stringify(state));
    const timer = setTimeout(() => {
      const keep = async () => {
        await saveDraft(taskId, valuesFrom(form, state).values);
        setKeptAt(Date.now());
      };
      // A draft that cannot be kept by the server is still kept in this browser.
      keep().catch(() => setKeptAt(null));
    }, draftPauseMs);
    return () => clearTimeout(timer);
  }, [key, taskId, form, state]);
  return keptAt;
}

function focusFirstFault(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
  );
}
