import { resolve } from 'node:path';
import { z } from 'zod';
import { ok, type Result, refuse } from '../base/result.ts';

/** How the program runs, from its environment. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  /** Absolute. The embedded database, its log and the lock of the running server lie here. */
  readonly dataFolder: string;
  /** Role huiliu_app; null means the embedded database. */
  readonly databaseUrl: string | null;
  /** Role that owns the tables, for migrations; null: somebody else migrates. */
  readonly databaseOwnerUrl: string | null;
  /** Folder of test material that is not part of the project, or null. */
  readonly testMaterial: string | null;
};

export type SettingsRefusalCode = 'setting_invalid' | 'setting_unknown';

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'postgres://role@host/name');

/** Every variable the program reads, with its default. An empty one counts as not set. */
const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'a number from 0 to 65535')
    .default(8787),
  HOST: z.string().regex(/^\S+$/, 'a name or an address').default('127.0.0.1'),
  DATA_DIR: z.string().default('.huiliu'),
  DATABASE_URL: postgresUrl.nullable().default(null),
  DATABASE_OWNER_URL: postgresUrl.nullable().default(null),
  HUILIU_DATA: z.string().nullable().default(null),
});

/**
 * Reads the settings. Refuses a value that does not fit, and any HUILIU_* variable that is not
 * known: a misspelt setting must not be quietly ignored. `folder` is what relative paths start
 * from.
 */
export function readSettings(
  variables: Readonly<Record<string, string | undefined>>,
  folder: string,
): Result<Settings, SettingsRefusalCode> {
  const set = Object.entries(variables).filter(([, value]) => value !== undefined && value !== '');
  const unknown = set.find(([name]) => name.startsWith('HUILIU_') && name !== 'HUILIU_DATA');
  if (unknown !== undefined) return refuse('setting_unknown', { name: unknown[0] });
  const parsed = environment.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const wanted = issue?.message ?? '';
    return refuse('setting_invalid', { name: String(issue?.path[0]), wanted });
  }
  const found = parsed.data;
  return ok({
    port: found.PORT,
    host: found.HOST,
    dataFolder: resolve(folder, found.DATA_DIR),
    databaseUrl: found.DATABASE_URL,
    databaseOwnerUrl: found.DATABASE_OWNER_URL,
    testMaterial: found.HUILIU_DATA === null ? null : resolve(folder, found.HUILIU_DATA),
  });
}
