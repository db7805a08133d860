import { createServer } from 'node:net';
import { ok, type Result, refuse } from '../../base/result.ts';

/**
 * Looks whether the port is free before the long work of a first start begins. Somebody may still
 * take it in between; then the server itself meets it.
 */
export async function freePort(host: string, port: number): Promise<Result<null, 'port_taken'>> {
  const probe = createServer();
  return await new Promise((resolve, reject) => {
    probe.on('error', (error: NodeJS.ErrnoException) => {
      const refusal = portTaken(error, host, port);
      if (refusal === null) reject(error);
      else resolve(refusal);
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(ok(null))));
  });
}

/** The refusal for the system's error, or null when it is another one. */
export function portTaken(error: unknown, host: string, port: number) {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  // EACCES: a port below 1024 that an ordinary user may not take.
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return null;
  return refuse('port_taken' as const, { host, port: String(port) });
}
