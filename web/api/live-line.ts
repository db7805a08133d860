import type { StreamEvent } from '../../src/contract/stream.ts';

/** What the stream tells the pages: the state of the line, or that something has changed. */
export type LiveMessage =
  | { readonly kind: 'line'; readonly open: boolean; readonly since: number }
  | { readonly kind: 'event'; readonly event: StreamEvent };

/** The server-sent events of one browser. EventSource connects again by itself where it may. */
export class LiveLine {
  private source: EventSource | null = null;
  private state: LiveMessage = { kind: 'line', open: true, since: Date.now() };
  private readonly tell: (message: LiveMessage) => void;

  constructor(tell: (message: LiveMessage) => void) {
    this.tell = tell;
  }

  status(): LiveMessage {
    return this.state;
  }

  start(): void {
    if (this.source !== null && this.source.readyState !== EventSource.CLOSED) return;
    const source = new EventSource('/api/stream');
    this.source = source;
    source.onopen = () => this.change(true);
    source.onerror = () => this.change(false);
    source.onmessage = (message) => this.read(message);
    for (const type of ['hello', 'tasks_changed', 'case_changed'] satisfies StreamEvent['type'][]) {
      source.addEventListener(type, (message) => this.read(message));
    }
  }

  stop(): void {
    this.source?.close();
    this.source = null;
  }

  private change(open: boolean): void {
    if (this.state.kind === 'line' && this.state.open === open) return;
    this.state = { kind: 'line', open, since: Date.now() };
    this.tell(this.state);
  }

  private read(message: MessageEvent): void {
    this.change(true);
    this.tell({ kind: 'event', event: JSON.parse(String(message.data)) as StreamEvent });
  }
}
