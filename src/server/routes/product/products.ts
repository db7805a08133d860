import { isValues, type Values } from '../../../base/data.ts';
import { refuse } from '../../../base/result.ts';
import {
  closeProductChangeAnswer,
  closeProductChangeParams,
  closeProductChangeRequest,
  draftProductChangeAnswer,
  draftProductChangeRequest,
  type ProductAnswer,
  type ProductListAnswer,
  productAnswer,
  productListAnswer,
  productParams,
} from '../../../contract/product/products.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import type { Bilingual } from '../../../contract/shapes.ts';
import { differencesOf, leavesOf } from '../../../product/catalogue/leaves.ts';
import {
  listProducts,
  type ProductChangeView,
  type ProductView,
  versionOn,
  viewProduct,
} from '../../../runtime/product/catalogue.ts';
import { closeChange, draftChange } from '../../../runtime/product/changes.ts';
import type { ServerContext } from '../../context.ts';
import { actorOf, keyOf } from '../../guard/actors.ts';
import { may, signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['products'];

/** The product catalogue: products with their versions, and changes under four eyes. */
export function productRoutes(app: App, context: ServerContext): void {
  const { parts } = context.runtime;
  app.get(
    '/api/products',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'What the bank sells: every product with its version in force',
        ...{ tags, response: { 200: productListAnswer, ...refusals } },
      },
    },
    async (_request, reply): Promise<ProductListAnswer | undefined> => {
      const listed = await listProducts(parts);
      if (!listed.ok) return sendRefusal(reply, listed);
      const products = listed.value.map(({ version, ...line }) => ({
        ...{ family: line.family, code: line.productCode, name: nameOf(version.definition) },
        ...{ kind: String(version.definition.kind ?? ''), effectiveFrom: version.effectiveFrom },
        ...{ isToCome: line.isToCome, versions: line.versions, pending: line.pending },
      }));
      return { products };
    },
  );
  app.get(
    '/api/products/:family/:code',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'One product: its parameters, every version and how it differs, every change',
        ...{ tags, params: productParams, response: { 200: productAnswer, ...refusals } },
      },
    },
    async (request, reply): Promise<ProductAnswer | undefined> => {
      const { family, code: productCode } = request.params;
      const viewed = await viewProduct(parts, { family, productCode });
      return viewed.ok ? answerOf(viewed.value) : sendRefusal(reply, viewed);
    },
  );
  draftRoute(app, context);
  closeRoute(app, context);
}

function draftRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/products/:family/:code/changes',
    {
      config: { permission: 'draft_products' },
      schema: {
        summary: 'Draft a change of parameters from a day on; it holds once another approves it',
        ...{ tags, params: productParams, body: draftProductChangeRequest },
        response: { 200: draftProductChangeAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const { family, code: productCode } = request.params;
      const actor = actorOf(signedIn(request).person);
      const order = { ...request.body, family, productCode, actor, key: key.value };
      const drafted = await draftChange(context.runtime.parts, order);
      if (!drafted.ok) return sendRefusal(reply, drafted);
      context.changed();
      return { id: drafted.value.changeId };
    },
  );
}

function closeRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/products/changes/:id/close',
    {
      schema: {
        summary: 'Approve, refuse or withdraw a change of a product (never one’s own approval)',
        ...{ tags, params: closeProductChangeParams, body: closeProductChangeRequest },
        response: { 200: closeProductChangeAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { kind, reason } = request.body;
      const needed = kind === 'withdrawn' ? 'draft_products' : 'approve_products';
      if (!may(person, needed)) return sendRefusal(reply, refuse('not_permitted'));
      const order = { actor: actorOf(person), changeId: request.params.id, kind, reason };
      const closed = await closeChange(context.runtime.parts, order);
      if (!closed.ok) return sendRefusal(reply, closed);
      context.changed();
      return { id: closed.value.changeId, state: closed.value.kind };
    },
  );
}

/** A product's name in both languages, wherever its definition keeps it. */
function nameOf({ name = null, nameEn = null }: Values): Bilingual {
  if (isValues(name)) return { 'zh-CN': String(name['zh-CN'] ?? ''), en: String(name.en ?? '') };
  return { 'zh-CN': String(name ?? ''), en: String(nameEn ?? name ?? '') };
}

/** A product's name and kind come first, then what stands alone, then what stands in groups. */
function placeOf(path: string): number {
  if (/^name/.test(path)) return 0;
  if (path === 'kind') return 1;
  return path.includes('.') ? 3 : 2;
}

function answerOf(view: ProductView): ProductAnswer {
  const { family, productCode: code, today, versions } = view;
  const inForce = versionOn(versions, today);
  const named = inForce ?? versions[0];
  const shown = versions.map((version, index): ProductAnswer['versions'][number] => {
    const { effectiveFrom, definition, madeLogin, checkedLogin, madeAt } = version;
    const before = versions[index - 1]?.definition ?? definition;
    const past = effectiveFrom <= today ? 'past' : 'to_come';
    return {
      ...{ effectiveFrom, madeBy: madeLogin, checkedBy: checkedLogin, madeAt },
      state: version === inForce ? 'in_force' : past,
      differences: differencesOf(before, definition),
      parameters: leavesOf(definition).sort((a, b) => placeOf(a.path) - placeOf(b.path)),
    };
  });
  return {
    ...{ asOf: today, family, code, name: nameOf(named?.definition ?? {}) },
    versions: shown.toReversed(),
    changes: view.changes.map(changeAnswer),
  };
}

function changeAnswer({ change, events, differences }: ProductChangeView) {
  const [drafted, closed] = events;
  return {
    ...{ id: change.id, effectiveFrom: change.effectiveFrom, note: change.note },
    state: closed?.kind ?? 'drafted',
    ...{ draftedBy: drafted?.login ?? '', draftedAt: drafted?.at ?? 0 },
    ...{ closedBy: closed?.login ?? null, closedAt: closed?.at ?? null },
    ...{ reason: closed?.reason ?? '', differences },
  };
}
