import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase, sqlFailure } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this test run and its migrated template; see tools/test-database.ts. */
    testServer: { socketFolder: string; port: number; template: string };
  }
}

export type TestDatabase = {
  /** As the application sees it (role huiliu_app). */
  readonly database: Database;
  /** As the owner of the tables sees it; only for what the application may not do. */
  readonly ownerDatabase: Database;
  /** For tests that start a process: values of DATABASE_URL and DATABASE_OWNER_URL. */
  readonly url: string;
  readonly ownerUrl: string;
  drop(): Promise<void>;
};

/** A fresh, migrated database; call it in beforeAll and `drop` it in afterAll. */
export async function testDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  const { socketFolder, port, template } = inject('testServer');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const at = (role: string, database: string) => ({ socketFolder, port, role, name: database });
  const server = openDatabase(at('huiliu_owner', 'postgres'), { connectionsMax: 1 });
  await createFrom(server, template, name);
  const database = openDatabase(at('huiliu_app', name), options);
  const ownerDatabase = openDatabase(at('huiliu_owner', name), { connectionsMax: 2 });
  const url = (role: string) =>
    `postgresql://${role}@${encodeURIComponent(socketFolder)}:${port}/${name}`;
  return {
    database,
    ownerDatabase,
    url: url('huiliu_app'),
    ownerUrl: url('huiliu_owner'),
    drop: async () => {
      await database.close();
      await ownerDatabase.close();
      await server.query(`drop database ${name} with (force)`);
      await server.close();
    },
  };
}

/** 55006: somebody else copies the template in this moment. */
async function createFrom(server: Database, template: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await server.query(`create database ${name} template ${template}`);
      return;
    } catch (error) {
      if (sqlFailure(error)?.state !== '55006' || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
