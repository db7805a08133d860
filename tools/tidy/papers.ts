import type { Fault, ProjectFile } from './source.ts';

/** The files beside the programs: lock file, npm's settings, package.json, migrations. */
export function paperFaults(files: readonly ProjectFile[]): Fault[] {
  const text = (path: string) => files.find((file) => file.path === path)?.text ?? null;
  return [
    ...lockFaults(text('package-lock.json')),
    ...npmrcFaults(text('.npmrc')),
    ...packageFaults(text('package.json')),
    ...files.filter(({ path }) => path.startsWith('migrations/')).flatMap(migrationFaults),
  ];
}

/** Packages come from the registry by name, version and hash, and from nowhere else. */
function lockFaults(text: string | null): Fault[] {
  const path = 'package-lock.json';
  if (text === null) return [missing(path)];
  const faults: Fault[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const found =
      /git\+|github:|gitlab:|bitbucket:|"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/.exec(
        line,
      );
    if (found === null) continue;
    const sentence = `${found[0]}: packages come from the registry only, never from a repository or an address`;
    faults.push({ path, line: index + 1, rule: 'package from elsewhere', sentence });
  }
  return faults;
}

const npmrcLines = [
  'ignore-scripts=true',
  'allow-git=none',
  'omit-lockfile-registry-resolved=true',
];

function npmrcFaults(text: string | null): Fault[] {
  const path = '.npmrc';
  const lines = (text ?? '').split('\n').map((line) => line.trim());
  const faults = npmrcLines
    .filter((wanted) => !lines.includes(wanted))
    .map((wanted): Fault => {
      const sentence = `${wanted} is missing: no package runs a script, and the lock file is the same everywhere`;
      return { path, line: 0, rule: 'npm setting', sentence };
    });
  const secret = lines.find((line) => /_authToken|_password|registry\s*=/.test(line));
  if (secret !== undefined) {
    const sentence =
      'a registry or a secret belongs in the settings of a person, not of the project';
    faults.push({ path, line: lines.indexOf(secret) + 1, rule: 'npm setting', sentence });
  }
  return faults;
}

function packageFaults(text: string | null): Fault[] {
  const path = 'package.json';
  if (text === null) return [missing(path)];
  const found: Record<string, Record<string, string>> = JSON.parse(text);
  const faults: Fault[] = [];
  for (const group of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, version] of Object.entries(found[group] ?? {})) {
      if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) continue;
      const sentence = `${name} ${version}: name one version, without a range or an address`;
      faults.push({ path, line: 0, rule: 'version not named', sentence });
    }
  }
  for (const [name, script] of Object.entries(found.scripts ?? {})) {
    if (/^exec node tools\/boot\.mjs /.test(script)) continue;
    const sentence = `the script ${name} begins with exec node tools/boot.mjs, so that signals arrive and packages are there`;
    faults.push({ path, line: 0, rule: 'script without boot', sentence });
  }
  return faults;
}

function migrationFaults({ path, text }: ProjectFile): Fault[] {
  const faults: Fault[] = [];
  const add = (rule: string, sentence: string) => faults.push({ path, line: 0, rule, sentence });
  if (!/^migrations\/\d{4}_[a-z0-9_]+\.sql$/.test(path)) {
    add('migration name', 'a migration is named migrations/NNNN_name.sql');
  }
  if (!/^-- (not )?breaking\b/.test(text)) {
    add(
      'migration first line',
      'the first line of a migration says -- breaking or -- not breaking',
    );
  }
  if (/create\s+(or\s+replace\s+)?(constraint\s+)?trigger/i.test(text)) {
    add(
      'trigger',
      'no triggers: distributed tables refuse them; the statement that writes does it all',
    );
  }
  return faults;
}

function missing(path: string): Fault {
  return { path, line: 0, rule: 'file missing', sentence: `${path} is missing` };
}
