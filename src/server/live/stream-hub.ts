import type { ServerResponse } from 'node:http';
import type { StreamEvent } from '../../contract/stream.ts';

/** Whom an event concerns; a reader outside hears nothing of it. */
export type Audience = { readonly unitCode: string | null; readonly customerNumber: string | null };

/** One open page. `hears` says whether its reader may know of something. */
export type StreamReader = {
  readonly login: string;
  /** Of the session it was opened with, in hexadecimal, and when that ends. */
  readonly session: string;
  readonly expiresAt: number;
  readonly response: ServerResponse;
  readonly hears: (audience: Audience) => boolean;
};

/** The open server-sent event streams of this process. */
export type StreamHub = {
  open(reader: StreamReader): void;
  countOf(login: string): number;
  count(): number;
  send(event: StreamEvent, audience: Audience | null): void;
  /** Ends the streams of a session that was signed out. */
  closeSession(session: string): void;
  /** Ends every stream; called before the server stops, else closing would wait for them. */
  closeAll(): void;
};

/** Keeps a proxy from closing a silent stream. */
const heartbeatMs = 20_000;
/** A reader that takes nothing for so many bytes is cut off and will come again by itself. */
const unsentBytesMax = 262_144;

/** Opens the hub; the heartbeat keeps no process alive. `clock` gives ms since the epoch. */
export function createStreamHub(clock: () => number): StreamHub {
  const readers = new Set<StreamReader>();
  const write = (reader: StreamReader, text: string): void => {
    if (reader.response.writableLength > unsentBytesMax) reader.response.destroy();
    else reader.response.write(text);
  };
  const heartbeat = setInterval(() => {
    const now = clock();
    for (const reader of readers) {
      if (reader.expiresAt <= now) reader.response.end();
      else write(reader, ': still here\n\n');
    }
  }, heartbeatMs);
  heartbeat.unref();
  return {
    open: (reader) => {
      readers.add(reader);
      reader.response.on('close', () => readers.delete(reader));
      reader.response.on('error', () => readers.delete(reader));
    },
    countOf: (login) => [...readers].filter((reader) => reader.login === login).length,
    count: () => readers.size,
    send: (event, audience) => {
      const text = `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
      for (const reader of readers) {
        if (audience === null || reader.hears(audience)) write(reader, text);
      }
    },
    closeSession: (session) => {
      for (const reader of readers) if (reader.session === session) reader.response.end();
    },
    closeAll: () => {
      clearInterval(heartbeat);
      for (const reader of readers) reader.response.end();
      readers.clear();
    },
  };
}
