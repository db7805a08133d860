import { posix } from 'node:path';
import {
  homes,
  isTest,
  partOf,
  type Room,
  roomOf,
  rooms,
  roomsOfWeb,
  testPackages,
  webPackages,
} from './floors.ts';
import type { Fault, Source } from './source.ts';

/** Every import of a file against the table of floors and packages. */
export function importFaults(source: Source): Fault[] {
  return source.imports.flatMap((item) => {
    const to = item.specifier.startsWith('.')
      ? posix.join(posix.dirname(source.path), item.specifier)
      : `node_modules/${item.specifier}`;
    const found = to.startsWith('node_modules/')
      ? packageFault(source, to.slice('node_modules/'.length))
      : seeFault(source.path, to);
    return found === null ? [] : [{ path: source.path, line: source.lineOf(item.start), ...found }];
  });
}

type Found = { rule: string; sentence: string } | null;

function seeFault(from: string, to: string): Found {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === 'tools' || here === 'bench') {
    const theirs = there === 'tools' && here !== 'tools';
    return theirs ? upward(from, to, 'only tools/ itself sees tools/') : null;
  }
  if (there === 'bench' || there === 'tools') {
    return upward(from, to, `nothing sees ${there}/; what two rooms need moves to a lower floor`);
  }
  if (here === 'web') {
    const allowed = there === 'web' || roomsOfWeb.includes(there);
    const sentence =
      'the console sees only src/base and src/contract and talks HTTP; the shape belongs in ' +
      'src/contract, the rule behind a route of src/server';
    return allowed ? null : { rule: 'upward import', sentence: `${from} sees ${to}: ${sentence}` };
  }
  const own = rooms.find((room) => room.name === here);
  const other = rooms.find((room) => room.name === there);
  if (own === undefined) return null; // A configuration file in the root.
  if (other === undefined) {
    return upward(from, to, 'a file of src/ imports files of src/ only');
  }
  return own === other ? neighbourPart(own, from, to) : betweenRooms(own, other, from, to);
}

function betweenRooms(own: Room, other: Room, from: string, to: string): Found {
  if (other.floor < own.floor) return null;
  if (other.floor > own.floor) {
    return upward(
      from,
      to,
      `src/${own.name} is floor ${own.floor} and src/${other.name} floor ${other.floor}; take ` +
        `the value as an argument, or move what both need below floor ${own.floor}`,
    );
  }
  return {
    rule: 'neighbour import',
    sentence:
      `${from} sees ${to}: neighbours on floor ${own.floor} do not see each other; let them meet ` +
      'in src/runtime/wiring.ts, or move what both need to a lower floor',
  };
}

function neighbourPart(room: Room, from: string, to: string): Found {
  if (room.partsApart === undefined) return null;
  const [here, there] = [partOf(from), partOf(to)];
  if (there === '' || here === there) return null;
  return {
    rule: 'neighbour import',
    sentence:
      `${from} sees ${to}: the parts of src/${room.name} do not see each other; they meet in the ` +
      'ledger, in a BPMN process or in src/runtime/wiring.ts',
  };
}

function upward(from: string, to: string, why: string): Found {
  return { rule: 'upward import', sentence: `${from} sees ${to}: ${why}` };
}

function packageFault(source: Source, specifier: string): Found {
  const here = roomOf(source.path);
  const room = rooms.find(({ name }) => name === here);
  if (room === undefined && here !== 'web') return null;
  const own = room?.packages ?? webPackages;
  const allowed = isTest(source.path) ? [...own, ...testPackages] : own;
  const name = packageName(specifier);
  if (allowed.includes(name)) return null;
  const home = room === undefined || room.pure ? homes.package : packageHome(name);
  return {
    rule: 'foreign package',
    sentence: `${source.path} imports ${specifier}, which ${here} may not: ${home}`,
  };
}

function packageHome(name: string): string {
  const homesOfPackage = rooms.filter(({ packages }) => packages.includes(name));
  const places = homesOfPackage.map((room) => `src/${room.name}`);
  if (places.length > 0) return `it belongs in ${places.join(' or ')}`;
  return 'no room may; a new package needs a page in docs/decisions and a line in tools/tidy/floors.ts';
}

/** '@fastify/static' of '@fastify/static/x', 'node:' of 'node:fs'. */
function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** Files that are started or found by their place, not imported. */
const entries = [
  /^src\/cli\/main\.ts$/,
  /^src\/cli\/commands\/conformance\/[^/]+\.ts$/,
  /^src\/[a-z]+\/testing\.ts$/,
  /^web\/main\.tsx$/,
];

/** A file of src/ or web/ that no program imports is dead, however many tests it has. */
export function orphanFaults(sources: readonly Source[]): Fault[] {
  const seen = new Set(
    sources
      .filter(({ path }) => !isTest(path))
      .flatMap(({ path, imports }) =>
        imports.map(({ specifier }) => posix.join(posix.dirname(path), specifier)),
      ),
  );
  return sources
    .filter(({ path }) => /^(src|web)\//.test(path) && !isTest(path) && !seen.has(path))
    .filter(({ path }) => !entries.some((entry) => entry.test(path)))
    .map(({ path }) => ({
      path,
      line: 0,
      rule: 'file nobody imports',
      sentence: `${path} is imported by no program: import it where it is needed, or remove it`,
    }));
}
