import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { ok, type Result, refuse } from '../../base/result.ts';

/** The system user a process runs as; null means: as whoever runs this program. */
export type SystemUser = { readonly uid: number; readonly gid: number };

const ownUserName = 'huiliu_pg';

/**
 * PostgreSQL refuses to run as root, so for root this is the owner of the existing data folder, or
 * a system user of its own (made when missing). For anybody else it is null.
 */
export async function postgresUser(
  existingDataFolder: string | null,
): Promise<Result<SystemUser | null, 'system_user_missing'>> {
  if (process.getuid?.() !== 0) return ok(null);
  if (existingDataFolder !== null) {
    const { uid, gid } = await stat(existingDataFolder);
    if (uid !== 0) return ok({ uid, gid });
  }
  const known = await findUser();
  if (known !== null) return ok(known);
  // Two first starts at once may both try; the loser finds the user of the winner.
  const problem = await run('useradd', ['-r', '-M', '-U', '-s', '/usr/sbin/nologin', ownUserName]);
  for (let turn = 0; turn < 20; turn += 1) {
    const made = await findUser();
    if (made !== null) return ok(made);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return refuse('system_user_missing', { user: ownUserName, problem: problem.trim() });
}

/** Whether `user` can do `test <flag> <path>` (such as -x, -w); always true for ourselves. */
export async function canReach(
  user: SystemUser | null,
  flag: '-x' | '-w',
  path: string,
): Promise<boolean> {
  const who = user === null ? {} : { uid: user.uid, gid: user.gid };
  return await new Promise((resolve) => {
    execFile('/bin/sh', ['-c', `test ${flag} "$1"`, 'sh', path], { ...who, cwd: '/' }, (error) =>
      resolve(error === null),
    );
  });
}

async function findUser(): Promise<SystemUser | null> {
  const users = await readFile('/etc/passwd', 'utf8');
  const fields = users
    .split('\n')
    .map((line) => line.split(':'))
    .find((line) => line[0] === ownUserName);
  return fields === undefined ? null : { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/** What the program printed as its complaint; '' when it went well. */
async function run(program: string, values: string[]): Promise<string> {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  return await new Promise((resolve) => {
    execFile(program, values, { env }, (error, _out, complaint) =>
      resolve(error === null ? '' : complaint || error.message),
    );
  });
}
