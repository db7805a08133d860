import { idempotencyKey } from './idempotency.ts';

/** A server's "no" as the console shows it: code from the closed list, words in both languages. */
export type RefusalView = {
  readonly code: string;
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  readonly message: { readonly 'zh-CN': string; readonly en: string };
  readonly facts: Readonly<Record<string, string>>;
  readonly reference: string | null;
};

/** Carries a refusal through react-query, which knows only rejected promises. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: RefusalView;
  constructor(refusal: RefusalView) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

type Options = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /** The text of a body that was encoded already (exact numbers). */
  readonly bodyText?: string;
  /** A file, sent byte by byte. */
  readonly file?: Blob;
  /** One per intention of the user, kept over retries; made here when not given. */
  readonly key?: string;
  readonly signal?: AbortSignal;
};

const endedListeners = new Set<() => void>();

/** Tells when the server no longer knows the session (answer 401). */
export function onSessionEnded(listener: () => void): () => void {
  endedListeners.add(listener);
  return () => endedListeners.delete(listener);
}

/** One call of the HTTP contract. Rejects with `Refused`, never with anything else. */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  return JSON.parse(await requestText(path, options)) as T;
}

/** As `request`, but the body as it came: for values whose numbers must stay exact. */
export async function requestText(path: string, options: Options = {}): Promise<string> {
  const answer = await send(path, options);
  if (!answer.ok) return await refuseWith(answer, path);
  const body = await answer.text().catch(() => '');
  return body === '' ? 'null' : body;
}

/** A file as it came, byte by byte. */
export async function requestFile(path: string): Promise<Blob> {
  const answer = await send(path, {});
  return answer.ok ? await answer.blob() : await refuseWith(answer, path);
}

async function refuseWith(answer: Response, path: string): Promise<never> {
  const body = await answer.text().catch(() => '');
  if (answer.status === 401 && path !== '/api/session') {
    for (const listener of endedListeners) listener();
  }
  throw new Refused(readRefusal(answer.status, body));
}

async function send(path: string, options: Options): Promise<Response> {
  const method = options.method ?? 'GET';
  const headers = new Headers({ accept: 'application/json' });
  const text =
    options.bodyText ?? (options.body === undefined ? null : JSON.stringify(options.body));
  const body = options.file ?? text;
  if (options.file !== undefined) headers.set('content-type', 'application/octet-stream');
  else if (text !== null) headers.set('content-type', 'application/json');
  if (method !== 'GET') headers.set('idempotency-key', options.key ?? idempotencyKey());
  try {
    const signal = options.signal ?? null;
    return await fetch(path, { method, headers, body, signal, credentials: 'same-origin' });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new Refused(clientRefusal('line_lost', 0));
  }
}

function readRefusal(status: number, body: string): RefusalView {
  try {
    const parsed = JSON.parse(body) as Partial<RefusalView>;
    if (typeof parsed.code === 'string' && parsed.message !== undefined) {
      return {
        code: parsed.code,
        status,
        message: parsed.message,
        facts: parsed.facts ?? {},
        reference: parsed.reference ?? null,
      };
    }
  } catch {
    return clientRefusal('answer_unreadable', status);
  }
  return clientRefusal('answer_unreadable', status);
}

/** What the browser itself finds out, in the same shape as the server's refusals. */
function clientRefusal(code: keyof typeof clientTexts, status: number): RefusalView {
  return { code, status, message: clientTexts[code], facts: {}, reference: null };
}

const clientTexts = {
  line_lost: {
    'zh-CN': '与服务器的连接中断，刚才的操作没有送达。',
    en: 'The line to the server is down; nothing was sent.',
  },
  answer_unreadable: {
    'zh-CN': '服务器返回的内容无法识别。',
    en: 'The answer of the server cannot be read.',
  },
} as const;
