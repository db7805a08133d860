import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { LiveLine, type LiveMessage } from './live-line.ts';

type Line = { readonly open: boolean; readonly since: number };

let line: Line = { open: true, since: Date.now() };
const listeners = new Set<() => void>();

/** Whether the stream of changes is open, and since when it is so. */
export function useLine(): Line {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => line,
  );
}

/** Opens the stream for a signed-in person; every change makes the touched queries ask again. */
export function startLive(client: QueryClient): () => void {
  return connect((message) => take(message, client));
}

function connect(tell: (message: LiveMessage) => void): () => void {
  if (typeof SharedWorker === 'undefined') {
    const own = new LiveLine(tell);
    own.start();
    return () => own.stop();
  }
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'huiliu-live',
  });
  worker.port.onmessage = (message) => tell(message.data as LiveMessage);
  const leave = () => worker.port.postMessage('bye');
  window.addEventListener('pagehide', leave);
  return () => {
    window.removeEventListener('pagehide', leave);
    leave();
    worker.port.close();
  };
}

function take(message: LiveMessage, client: QueryClient): void {
  if (message.kind === 'line') {
    const wasOpen = line.open;
    line = { open: message.open, since: message.since };
    for (const listener of listeners) listener();
    // What changed while the line was down is not known: ask for all that is shown.
    if (message.open && !wasOpen) void client.invalidateQueries();
    return;
  }
  const { event } = message;
  if (event.type === 'hello') return;
  void client.invalidateQueries({ queryKey: ['tasks'] });
  if (event.type === 'case_changed') {
    void client.invalidateQueries({ queryKey: ['case', event.caseNumber] });
    void client.invalidateQueries({ queryKey: ['cases'] });
  }
}
