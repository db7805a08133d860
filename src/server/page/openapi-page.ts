import type { Document, Operation, Schema } from './openapi-document.ts';

const styles = `
  body { font: 14px/1.5 "PingFang SC", "Microsoft YaHei", "Noto Sans SC", system-ui, sans-serif;
    margin: 0 auto; max-width: 60rem; padding: 1rem 1.25rem 4rem; color: #1d2327; background: #fff }
  h1 { font-size: 20px } h2 { font-size: 16px; margin-top: 2rem }
  section { border-top: 1px solid #d8dde1; padding: .25rem 0 1rem }
  h3 { font-size: 14px; margin: .75rem 0 .25rem }
  code, .path { font-family: ui-monospace, monospace }
  .method { color: #0b6e75; font-weight: 600; text-transform: uppercase }
  table { border-collapse: collapse; width: 100% }
  td, th { text-align: left; padding: 2px 12px 2px 0; vertical-align: top;
    border-bottom: 1px solid #eef1f3; font-weight: normal }
  th { width: 18rem } a { color: #0b6e75 } .quiet { color: #5a656d }
  @media (prefers-color-scheme: dark) { body { color: #dfe4e8; background: #14191c }
    section, td, th { border-color: #2c3439 } a, .method { color: #5cc4c9 }
    .quiet { color: #9aa5ad } }`;

/** The document as a page a person can read: routes by subject, then the named shapes. */
export function openApiPage(api: Document): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'other'))];
  const subjects = tags.map((tag) => {
    const own = operations.filter(({ operation }) => (operation.tags?.[0] ?? 'other') === tag);
    const sections = own.map(({ path, method, operation }) => section(path, method, operation));
    return `<h2>${escaped(tag)}</h2>${sections.join('')}`;
  });
  const shapes = Object.entries(api.components.schemas).map(([name, schema]) =>
    shape(name, schema),
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>${escaped(api.info.title)} API</title><style nonce="__NONCE__">${styles}</style></head><body>
<h1>${escaped(api.info.title)} API <span class="quiet">${escaped(api.info.version)}</span></h1>
<p>${escaped(api.info.description ?? '')} <a href="/openapi.json">openapi.json</a></p>
${subjects.join('')}<h2>shapes</h2>${shapes.join('')}</body></html>`;
}

function section(path: string, method: string, operation: Operation): string {
  const rows = (operation.parameters ?? []).map((parameter) =>
    row(`${parameter.name} (${parameter.in})`, words(parameter.schema), parameter.required),
  );
  const body = operation.requestBody?.content?.['application/json']?.schema;
  if (body !== undefined) rows.push(row('body', words(body), true));
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    const content = answer.content?.['application/json']?.schema;
    rows.push(row(`answer ${status}`, words(content), false));
  }
  const note =
    operation.description === undefined ? '' : `<p>${escaped(operation.description)}</p>`;
  return `<section><h3><span class="method">${escaped(method)}</span>
<span class="path">${escaped(path)}</span> · ${escaped(operation.summary ?? '')}</h3>${note}
<table>${rows.join('')}</table></section>`;
}

function shape(name: string, schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) =>
    row(key, words(value), schema.required?.includes(key)),
  );
  const whole = rows.length > 0 ? '' : `<p>${words(schema)}</p>`;
  return `<section id="${escaped(name)}"><h3>${escaped(name)}</h3>${whole}
<table>${rows.join('')}</table></section>`;
}

function row(name: string, meaning: string, required: boolean | undefined): string {
  const mark = required === true ? '' : ' <span class="quiet">optional</span>';
  const isAnswer = name.startsWith('answer ');
  return `<tr><th scope="row"><code>${escaped(name)}</code>${isAnswer ? '' : mark}</th>
<td>${meaning}</td></tr>`;
}

/** A schema in a few words, with a link to each named shape. Always escaped. */
function words(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#${escaped(name)}">${escaped(name)}</a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(words).join(' or ');
  if (schema.const !== undefined) return escaped(String(schema.const));
  if (schema.enum !== undefined)
    return schema.enum.map((value) => escaped(String(value))).join(' · ');
  if (schema.items !== undefined) return `list of ${words(schema.items)}`;
  const type = typeof schema.type === 'string' ? schema.type : (schema.type ?? []).join(' or ');
  const pattern = schema.pattern === undefined ? '' : ` <code>${escaped(schema.pattern)}</code>`;
  return `${escaped(type === '' ? 'any' : type)}${pattern}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
