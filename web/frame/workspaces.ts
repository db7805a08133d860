import type { User } from '../../src/contract/session.ts';
import type { IconName } from '../parts/icon.tsx';

/** A page of the frame. `code` is what a teller types in the code box; `initials` its pinyin. */
export type Workspace = {
  readonly id: 'desk' | 'customers' | 'processes' | 'operations' | 'insight' | 'settings';
  readonly path: string;
  readonly letter: string;
  readonly code: string;
  readonly initials: string;
  readonly icon: IconName;
  /** What the roles must allow; null: everybody of the staff. */
  readonly permission: string | null;
};

export const workspaces: readonly Workspace[] = [
  {
    id: 'desk',
    path: '/desk',
    letter: 'd',
    code: '0100',
    initials: 'gzt',
    icon: 'desk',
    permission: null,
  },
  {
    id: 'customers',
    path: '/customers',
    letter: 'c',
    code: '0200',
    initials: 'khyzh',
    icon: 'customers',
    permission: 'view_customers',
  },
  {
    id: 'processes',
    path: '/processes',
    letter: 'p',
    code: '0300',
    initials: 'lc',
    icon: 'process',
    permission: 'view_processes',
  },
  {
    id: 'operations',
    path: '/operations',
    letter: 'o',
    code: '0400',
    initials: 'yyzx',
    icon: 'operations',
    permission: 'view_ledger',
  },
  {
    id: 'insight',
    path: '/insight',
    letter: 'i',
    code: '0600',
    initials: 'dc',
    icon: 'insight',
    permission: 'view_insight',
  },
  {
    id: 'settings',
    path: '/settings',
    letter: 's',
    code: '0900',
    initials: 'sz',
    icon: 'settings',
    permission: null,
  },
];

/** Pages below the workspaces that the code box also knows. */
export const otherPages = [
  { id: 'products', path: '/products', code: '0220', initials: 'cpml', permission: 'view_ledger' },
  { id: 'cases', path: '/cases', code: '0310', initials: 'ywcx', permission: 'view_cases' },
  {
    id: 'decisions',
    path: '/decisions',
    code: '0320',
    initials: 'jcb',
    permission: 'view_decisions',
  },
  {
    id: 'trialBalance',
    path: '/operations/trial-balance',
    code: '0410',
    initials: 'ssph',
    permission: 'view_ledger',
  },
  {
    id: 'endOfDay',
    path: '/operations/end-of-day',
    code: '0420',
    initials: 'rz',
    permission: 'view_ledger',
  },
  {
    id: 'controls',
    path: '/operations/controls',
    code: '0430',
    initials: 'djydrz',
    permission: 'view_accounts',
  },
  {
    id: 'cash',
    path: '/operations/cash',
    code: '0440',
    initials: 'wxjk',
    permission: 'view_ledger',
  },
  {
    id: 'feeWaivers',
    path: '/operations/fee-waivers',
    code: '0445',
    initials: 'jmqd',
    permission: 'view_ledger',
  },
  {
    id: 'bills',
    path: '/operations/bills',
    code: '0456',
    initials: 'pjdjb',
    permission: 'view_ledger',
  },
  {
    id: 'fx',
    path: '/operations/fx',
    code: '0460',
    initials: 'whpj',
    permission: 'view_ledger',
  },
  {
    id: 'salaries',
    path: '/operations/salaries',
    code: '0450',
    initials: 'dfgz',
    permission: 'view_accounts',
  },
  {
    id: 'exports',
    path: '/operations/exports',
    code: '0490',
    initials: 'dcdj',
    permission: 'view_audit',
  },
] as const;

/** What a person of this kind may open; the server checks every answer again. */
export function workspacesOf(user: User): readonly Workspace[] {
  if (user.kind === 'customer') return [];
  return workspaces.filter(
    ({ permission }) => permission === null || user.permissions.includes(permission),
  );
}
