/** One room of the house. A file may import its own room, or a room on a strictly lower floor. */
export type Room = {
  readonly name: string;
  readonly floor: number;
  /** Pure floors take values and give values: no files, network, console, clock or chance. */
  readonly pure: boolean;
  /** The packages its files may import; `node:` stands for Node's own. */
  readonly packages: readonly string[];
  /** Its sub-folders do not see each other; they meet elsewhere. */
  readonly partsApart?: true;
};

export const rooms: readonly Room[] = [
  { name: 'base', floor: 0, pure: true, packages: [] },
  { name: 'feel', floor: 1, pure: true, packages: ['re2js'] },
  { name: 'contract', floor: 1, pure: true, packages: ['zod'] },
  { name: 'kernel', floor: 2, pure: true, packages: ['bpmn-moddle'] },
  { name: 'decision', floor: 2, pure: true, packages: ['dmn-moddle'] },
  { name: 'ledger', floor: 2, pure: true, packages: [] },
  { name: 'product', floor: 3, pure: true, packages: [], partsApart: true },
  { name: 'operation', floor: 3, pure: true, packages: [], partsApart: true },
  { name: 'insight', floor: 3, pure: true, packages: [], partsApart: true },
  { name: 'store', floor: 4, pure: false, packages: ['node:', 'pg'] },
  { name: 'runtime', floor: 5, pure: false, packages: ['node:', 'zod', 'hyparquet'] },
  {
    name: 'server',
    floor: 6,
    pure: false,
    packages: [
      'node:',
      'fastify',
      '@fastify/static',
      '@fastify/swagger',
      'fastify-type-provider-zod',
      'zod',
    ],
  },
  { name: 'cli', floor: 7, pure: false, packages: ['node:', 'vite'] },
];

/** Rooms that browsers share: they lack Temporal. */
export const roomsOfBrowsers: readonly string[] = ['base', 'contract'];

/** Outside src/: what web, bench, tools and the files beside them may see. */
export const webPackages: readonly string[] = [
  '@rc-component/util',
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  'antd',
  'bpmn-js',
  'dmn-js',
  'i18next',
  'react',
  'react-dom',
  'react-i18next',
  'react-router',
  'zod',
];
export const roomsOfWeb: readonly string[] = ['base', 'contract'];

/** What a test may import besides what its room may. */
export const testPackages: readonly string[] = [
  'node:',
  'vitest',
  'fast-check',
  'saxes',
  'playwright-core',
  'axe-core',
];

/** Where a thing belongs that a pure floor may not do, for the sentence of a fault. */
export const homes = {
  clock:
    'time comes in as an argument (`at`); the clock is read in src/runtime and handed down from there',
  chance: 'chance comes in as an argument (random bytes); it is made in src/runtime',
  package: 'input and output belong in src/store (SQL), src/runtime, src/server or src/cli',
} as const;

/** The room a path belongs to: a name of `rooms`, 'web', 'bench', 'tools', or '' for the root. */
export function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  if (first === 'src') return second;
  return path.includes('/') ? first : '';
}

/** The part of a room whose parts do not see each other; '' for a file in the room itself. */
export function partOf(path: string): string {
  const parts = path.split('/');
  return parts.length > 3 ? (parts[2] ?? '') : '';
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('web/e2e/') || path.endsWith('/testing.ts');
}
