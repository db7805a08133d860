import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { customersQuery, tasksQuery } from '../api/queries.ts';
import { changeSettings, useSettings, useThemeName } from '../settings.ts';
import { useKeys } from './keys.ts';
import { useMay, useName, useSession } from './session.ts';
import { leave } from './sign-out.ts';
import { otherPages, workspacesOf } from './workspaces.ts';

/** One thing the code box can open or do. `words` is what the typed text is looked for in. */
type Suggestion = {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  readonly kind: string;
  readonly words: string;
  readonly act: () => void;
};

const shownMax = 12;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** F8 or `/`: transaction code, case, customer, account, page or command, by digits or words. */
export function CodeBox() {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  // Never a step behind the typing: Enter must run what is typed, not what was.
  const found = useSuggestions(typed.trim());
  const focus = () => input.current?.focus();
  useKeys([
    { key: 'F8', label: 'keys.codeBox', act: focus },
    { key: '/', label: 'keys.codeBox', act: focus },
  ]);
  const run = (suggestion: Suggestion | undefined) => {
    if (suggestion === undefined) return;
    setTyped('');
    setOpen(false);
    input.current?.blur();
    suggestion.act();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = steps[event.key];
    if (step === undefined && event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    if (step !== undefined) {
      setOpen(true);
      setActive((active + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      run(found[active]);
    } else {
      setTyped('');
      setOpen(false);
      document.getElementById('page')?.focus();
    }
  };
  const onChange = (text: string) => {
    setTyped(text);
    setActive(0);
    setOpen(true);
  };
  const shown = open && typed.trim() !== '';
  return (
    <div className="code-box">
      <input
        ref={input}
        role="combobox"
        aria-label={t('codeBox.label')}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(shown && found.length > 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        placeholder={t('codeBox.placeholder')}
        autoComplete="off"
        value={typed}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      <kbd>F8</kbd>
      <Suggestions id={id} shown={shown} found={found} active={active} onPick={run} />
      {shown && found.length === 0 && <NothingFits />}
    </div>
  );
}

function Suggestions({
  id,
  shown,
  found,
  active,
  onPick,
}: {
  id: string;
  shown: boolean;
  found: readonly Suggestion[];
  active: number;
  onPick: (suggestion: Suggestion) => void;
}) {
  const { t } = useTranslation();
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      className="suggestions"
      hidden={!shown || found.length === 0}
      aria-label={t('codeBox.found')}
    >
      {found.map((suggestion, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input holds the focus for its options
        <div
          key={suggestion.id}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(suggestion);
          }}
        >
          <span className="muted">{suggestion.code}</span>
          <span>{suggestion.label}</span>
          <span className="muted">{suggestion.kind}</span>
        </div>
      ))}
    </div>
  );
}

function NothingFits() {
  const { t } = useTranslation();
  return (
    <div className="suggestions none" role="status">
      {t('codeBox.none')}
    </div>
  );
}

/** What fits the typed text: first what begins with it, then what holds it. */
function useSuggestions(typed: string): readonly Suggestion[] {
  const pages = usePages();
  const commands = useCommands();
  const tasks = useTasks();
  const customers = useCustomers(typed);
  const direct = useDirect(typed);
  if (typed === '') return [];
  const wanted = typed.toLowerCase();
  const rank = ({ words }: Suggestion) => {
    const at = words.indexOf(wanted);
    if (at < 0) return 2;
    return at === 0 || words[at - 1] === ' ' ? 0 : 1;
  };
  const fitting = [...pages, ...commands, ...tasks]
    .map((suggestion) => ({ suggestion, at: rank(suggestion) }))
    .filter(({ at }) => at < 2)
    .sort((a, b) => a.at - b.at)
    .map(({ suggestion }) => suggestion);
  return [...direct, ...fitting, ...customers].slice(0, shownMax);
}

function usePages(): readonly Suggestion[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { user } = useSession();
  const page = (
    entry: { id: string; path: string; code: string; initials: string },
    text: string,
  ) => ({
    id: `page ${entry.id}`,
    code: entry.code,
    label: t(text),
    kind: t('codeBox.page'),
    words: `${entry.code} ${entry.initials} ${t(text)} ${entry.id}`.toLowerCase(),
    act: () => void navigate(entry.path),
  });
  return [
    ...workspacesOf(user).map((workspace) => page(workspace, `workspace.${workspace.id}`)),
    ...otherPages
      .filter(({ permission }) => user.permissions.includes(permission))
      .map((other) => page(other, `page.${other.id}`)),
  ];
}

function useCommands(): readonly Suggestion[] {
  const { t } = useTranslation();
  const { language } = useSettings();
  const theme = useThemeName();
  const command = (id: string, words: string, act: () => void) => ({
    id: `command ${id}`,
    code: '',
    label: t(`command.${id}`),
    kind: t('codeBox.command'),
    words: `${words} ${t(`command.${id}`)}`.toLowerCase(),
    act,
  });
  return [
    command('language', 'yy language english', () =>
      changeSettings({ language: language === 'en' ? 'zh-CN' : 'en' }),
    ),
    command('theme', 'zt theme dark light', () =>
      changeSettings({ theme: theme === 'dark' ? 'light' : 'dark' }),
    ),
    command('signOut', 'tc dl sign out leave', leave),
  ];
}

function useTasks(): readonly Suggestion[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = useName();
  const may = useMay('work_tasks');
  const tasks = useQuery({ ...tasksQuery({ filter: 'all', limit: 200 }), enabled: may });
  return (tasks.data?.tasks ?? []).map((task) => ({
    id: `task ${task.id}`,
    code: '',
    label: `${name(task)} · ${task.caseNumber}`,
    kind: t('codeBox.task'),
    words: `${task.caseNumber} ${name(task)}`.toLowerCase(),
    act: () => void navigate(`/tasks/${task.id}`),
  }));
}

function useCustomers(typed: string): readonly Suggestion[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wanted = { search: typed, limit: 5 };
  const may = useMay('view_customers');
  const answer = useQuery({ ...customersQuery(wanted), enabled: may && typed.length >= 2 });
  return (answer.data?.customers ?? []).map((customer) => ({
    id: `customer ${customer.customerNumber}`,
    code: '',
    label: `${customer.name} · ${customer.customerNumber}`,
    kind: t('codeBox.customer'),
    words: '',
    act: () => void navigate(`/customers/${customer.customerNumber}`),
  }));
}

/** A whole case or account number needs no search. */
function useDirect(typed: string): readonly Suggestion[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayAccounts = useMay('view_accounts');
  const to = (kind: string, path: string) => ({
    id: `direct ${path}`,
    code: '',
    label: typed.toUpperCase(),
    kind: t(`codeBox.${kind}`),
    words: '',
    act: () => void navigate(path),
  });
  if (/^[a-z]{2,4}-?\d{4,}[\d-]*$/i.test(typed))
    return [to('case', `/cases/${typed.toUpperCase()}`)];
  if (mayAccounts && /^\d{10,24}$/.test(typed)) return [to('account', `/accounts/${typed}`)];
  return [];
}
