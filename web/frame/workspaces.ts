import type { User } from '../../src/contract/session.ts';
import type { IconName } from '../parts/icon.tsx';

/** A page of the frame. `code` is what a teller types in the code box; `initials` its pinyin. */
export type Workspace = {
  readonly id: 'desk' | 'customers' | 'processes' | 'operations' | 'settings';
  readonly path: string;
  readonly letter: string;
  readonly code: string;
  readonly initials: string;
  readonly icon: IconName;
};

export const workspaces: readonly Workspace[] = [
  { id: 'desk', path: '/desk', letter: 'd', code: '0100', initials: 'gzt', icon: 'desk' },
  {
    id: 'customers',
    path: '/customers',
    letter: 'c',
    code: '0200',
    initials: 'khyzh',
    icon: 'customers',
  },
  {
    id: 'processes',
    path: '/processes',
    letter: 'p',
    code: '0300',
    initials: 'lc',
    icon: 'process',
  },
  {
    id: 'operations',
    path: '/operations',
    letter: 'o',
    code: '0400',
    initials: 'yyzx',
    icon: 'operations',
  },
  {
    id: 'settings',
    path: '/settings',
    letter: 's',
    code: '0900',
    initials: 'sz',
    icon: 'settings',
  },
];

/** Pages below the workspaces that the code box also knows. */
export const otherPages = [
  { id: 'cases', path: '/cases', code: '0310', initials: 'ywcx' },
  { id: 'trialBalance', path: '/operations/trial-balance', code: '0410', initials: 'ssph' },
] as const;

/** What a person of this kind may open; the server checks every answer again. */
export function workspacesOf(user: User): readonly Workspace[] {
  return user.kind === 'customer' ? [] : workspaces;
}
