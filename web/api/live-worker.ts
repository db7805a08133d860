import { LiveLine } from './live-line.ts';

/** The part of a shared worker's global scope that is used here. */
type Scope = { onconnect: ((event: MessageEvent) => void) | null };

/** One stream for all tabs of the browser; each tab is a port. */
const ports = new Set<MessagePort>();
const line = new LiveLine((message) => {
  for (const port of ports) port.postMessage(message);
});

(globalThis as unknown as Scope).onconnect = (connected) => {
  const port = connected.ports[0];
  if (port === undefined) return;
  ports.add(port);
  port.onmessage = () => {
    ports.delete(port);
    if (ports.size === 0) line.stop();
  };
  line.start();
  port.postMessage(line.status());
};
