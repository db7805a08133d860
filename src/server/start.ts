import type { AddressInfo } from 'node:net';
import type { Runtime } from '../runtime/runtime.ts';
import type { Database } from '../store/database.ts';
import { accountingDates } from '../store/ledger/books.ts';
import { createApp } from './app.ts';
import type { Clock, ServerContext } from './context.ts';
import { createFailureCounter, createUnknownLogins } from './guard/rate-limit.ts';
import { startAnalyst } from './insight/analyst.ts';
import { startChangeFeed } from './live/change-feed.ts';
import { createStreamHub } from './live/stream-hub.ts';
import { type ServerSettings, serverSettingsDefault } from './settings.ts';

/** What a server is made of. */
export type ServerParts = {
  readonly database: Database;
  readonly runtime: Runtime;
  readonly settings?: Partial<ServerSettings>;
  /** Folder of the built console, or null to serve the API alone. */
  readonly consoleFolder: string | null;
  readonly clock: Clock;
  /** Told about errors that only a wrong program can cause; default: one line on stderr. */
  readonly failed?: (error: unknown, reference: string) => void;
};

export type RunningServer = {
  /** Such as http://127.0.0.1:8787 */
  readonly address: string;
  /** Ends the streams, lets running requests finish, frees the port. May be called twice. */
  close(): Promise<void>;
};

/** Starts serving. Rejects with the system's error when the port is taken (EADDRINUSE). */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const settings = { ...serverSettingsDefault, ...parts.settings };
  const base = {
    database: parts.database,
    runtime: parts.runtime,
    settings,
    clock: parts.clock,
    accountingDate: async () =>
      (await accountingDates(parts.database, settings.cellId))?.accountingDate ?? null,
    streams: createStreamHub(parts.clock),
    analyst: startAnalyst(parts.database, { dataFolder: settings.dataFolder }, settings.analyst),
    signInFailures: createFailureCounter(settings.signInFailuresPerMinuteMax),
    unknownLogins: createUnknownLogins(settings.lockout),
    failed: parts.failed ?? writeFailure,
  };
  const feed = startChangeFeed(base);
  const context: ServerContext = { ...base, changed: feed.poke };
  const app = await createApp(context, parts.consoleFolder);
  // First, or a request that waits for an analysis would hold the server up.
  app.addHook('preClose', async () => await context.analyst.close());
  app.addHook('onClose', async () => feed.stop());
  await app.listen({ host: settings.host, port: settings.port });
  const { port } = app.server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  let closed: Promise<void> | null = null;
  return {
    address: `http://${host}:${port}`,
    close: () => {
      closed ??= app.close().then(() => undefined);
      return closed;
    },
  };
}

function writeFailure(error: unknown, reference: string): void {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${JSON.stringify({ level: 'error', reference, error: words })}\n`);
}
