/** As much of an OpenAPI 3.1 document as the server writes and its page shows. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
};
export type Content = { readonly [type: string]: { readonly schema?: Schema } };
export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
};
export type Operation = {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses?: {
    readonly [status: string]: { readonly description: string; readonly content?: Content };
  };
  readonly security?: readonly object[];
};
export type Document = {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description?: string;
  };
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components: {
    readonly schemas: { readonly [name: string]: Schema };
    readonly securitySchemes?: object;
  };
};

const prefix = '#/components/schemas/';
const writes = new Set(['post', 'put', 'delete', 'patch']);

/**
 * The description as clients want it: each shape once (the generator writes one for requests and
 * one for answers), no shape that nobody uses, the idempotency key of writes, what needs a session.
 */
export function describedDocument(generated: unknown): Document {
  const merged = withoutTwins(generated as Document);
  const paths = Object.fromEntries(
    Object.entries(merged.paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods)
          .filter(([method]) => method !== 'head')
          .map(([method, operation]) => [method, described(path, method, operation)]),
      ),
    ]),
  );
  const used = shapesUsed({ ...merged, paths });
  const schemas = Object.fromEntries(
    Object.entries(merged.components.schemas).filter(([name]) => used.has(name)),
  );
  return { ...merged, paths, components: { ...merged.components, schemas } };
}

/** A shape of requests that equals its shape of answers is that shape. */
function withoutTwins(document: Document): Document {
  const { schemas } = document.components;
  const plain = (schema: Schema | undefined): string =>
    JSON.stringify(schema ?? null).replace(/(#\/components\/schemas\/\w+?)Input"/g, '$1"');
  const twins = new Set(
    Object.keys(schemas).filter((name) => {
      const answer = schemas[name.replace(/Input$/, '')];
      return name.endsWith('Input') && plain(schemas[name]) === plain(answer);
    }),
  );
  const text = JSON.stringify(document).replace(
    /"#\/components\/schemas\/(\w+)"/g,
    (whole, name: string) => (twins.has(name) ? `"${prefix}${name.replace(/Input$/, '')}"` : whole),
  );
  return JSON.parse(text) as Document;
}

/** Names of the shapes that the routes reach, directly or through others. */
function shapesUsed(document: Document): ReadonlySet<string> {
  const used = new Set<string>();
  const pending = referencesIn(document.paths);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    pending.push(...referencesIn(document.components.schemas[name]));
  }
  return used;
}

function referencesIn(part: unknown): string[] {
  const found = JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  return [...found].map((match) => match[1] ?? '');
}

const keyParameter: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A UUIDv7 of the client: the same key and content give the same answer.',
  schema: { $ref: `${prefix}IdempotencyKey` },
};

function described(path: string, method: string, operation: Operation): Operation {
  const isPublic = !path.startsWith('/api/') || path.startsWith('/api/demo/');
  const isSignIn = path === '/api/session' && method === 'post';
  const takesKey = writes.has(method) && !path.startsWith('/api/session');
  const responses = Object.fromEntries(
    Object.entries(operation.responses ?? {}).map(([status, answer]) => [
      status,
      { ...answer, description: meaningOf(status) },
    ]),
  );
  return {
    ...operation,
    ...(takesKey ? { parameters: [...(operation.parameters ?? []), keyParameter] } : {}),
    responses: { ...wholeAnswer(path), ...responses },
    security: isPublic || isSignIn ? [] : [{ session: [] }, { bearer: [] }],
  };
}

/** Answers that are no JSON, and so no shape of the generator's. */
function wholeAnswer(path: string): NonNullable<Operation['responses']> {
  if (path === '/api/stream') {
    const description = 'Events, one StreamEvent each, as long as the connection lasts';
    const schema = { $ref: `${prefix}StreamEvent` };
    return { 200: { description, content: { 'text/event-stream': { schema } } } };
  }
  if (path.endsWith('/documents/{documentId}') || path === '/api/insight/report') {
    return { 200: { description: 'The file', content: { 'application/octet-stream': {} } } };
  }
  return {};
}

function meaningOf(status: string): string {
  if (status.startsWith('2')) return 'Done';
  if (status === '4XX') return 'Refused: nothing was done; the code says why';
  return status === '503' ? 'Not ready' : 'Failed: nothing was done';
}
