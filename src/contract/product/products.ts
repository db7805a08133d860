import { z } from 'zod';
import { bilingualShape, dateShape, instantShape, uuidShape } from '../shapes.ts';

export const productFamilyShape = z.enum(['loan', 'deposit']);
export const productCodeShape = z.string().regex(/^[0-9a-z_]{2,40}$/);
/** Where a parameter stands in a definition, such as prepayment.feePpm. */
const pathShape = z.string().min(1).max(120);

/** One parameter as text; `kind` says how the text is read. */
export const productParameterShape = z
  .strictObject({
    path: pathShape,
    kind: z.enum(['whole', 'truth', 'text', 'wholes', 'texts', 'none']),
    text: z.string(),
  })
  .meta({ id: 'ProductParameter' });

/** A parameter that two versions have not alike; null: one of them does not have it. */
export const productDifferenceShape = z
  .strictObject({ path: pathShape, before: z.string().nullable(), after: z.string().nullable() })
  .meta({ id: 'ProductDifference' });

/** GET /api/products */
export const productLineShape = z
  .strictObject({
    family: productFamilyShape,
    code: productCodeShape,
    name: bilingualShape,
    kind: z.string(),
    effectiveFrom: dateShape,
    /** No version is in force yet. */
    isToCome: z.boolean(),
    versions: z.number().int().min(1),
    /** Changes that wait for a second person. */
    pending: z.number().int().min(0),
  })
  .meta({ id: 'ProductLine' });
export const productListAnswer = z
  .strictObject({ products: z.array(productLineShape) })
  .meta({ id: 'ProductList' });
export type ProductListAnswer = z.infer<typeof productListAnswer>;

/** A version with what makes it differ from the one before; the first differs in nothing. */
export const productVersionShape = z
  .strictObject({
    effectiveFrom: dateShape,
    state: z.enum(['past', 'in_force', 'to_come']),
    madeBy: z.string(),
    checkedBy: z.string(),
    madeAt: instantShape,
    differences: z.array(productDifferenceShape),
    parameters: z.array(productParameterShape),
  })
  .meta({ id: 'ProductVersion' });

export const productChangeShape = z
  .strictObject({
    id: uuidShape,
    effectiveFrom: dateShape,
    state: z.enum(['drafted', 'approved', 'refused', 'withdrawn']),
    note: z.string(),
    draftedBy: z.string(),
    draftedAt: instantShape,
    closedBy: z.string().nullable(),
    closedAt: instantShape.nullable(),
    reason: z.string(),
    differences: z.array(productDifferenceShape),
  })
  .meta({ id: 'ProductChange' });

/** GET /api/products/:family/:code: versions and changes, the newest first. */
export const productParams = z.strictObject({
  family: productFamilyShape,
  code: productCodeShape,
});
export const productAnswer = z
  .strictObject({
    asOf: dateShape,
    family: productFamilyShape,
    code: productCodeShape,
    name: bilingualShape,
    versions: z.array(productVersionShape),
    changes: z.array(productChangeShape),
  })
  .meta({ id: 'Product' });
export type ProductAnswer = z.infer<typeof productAnswer>;

/** Parameters one change may name. */
export const changedParametersMax = 100;

/** POST /api/products/:family/:code/changes */
export const draftProductChangeRequest = z
  .strictObject({
    effectiveFrom: z.string().max(40),
    note: z.string().max(2_000),
    parameters: z
      .array(z.strictObject({ path: pathShape, text: z.string().max(500) }))
      .max(changedParametersMax),
  })
  .meta({ id: 'DraftProductChange' });
export const draftProductChangeAnswer = z.strictObject({ id: uuidShape });

/** POST /api/products/changes/:id/close */
export const closeProductChangeParams = z.strictObject({ id: uuidShape });
export const closeProductChangeRequest = z
  .strictObject({
    kind: z.enum(['approved', 'refused', 'withdrawn']),
    reason: z.string().max(2_000),
  })
  .meta({ id: 'CloseProductChange' });
export const closeProductChangeAnswer = z.strictObject({
  id: uuidShape,
  state: z.enum(['approved', 'refused', 'withdrawn']),
});
