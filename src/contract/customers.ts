import { z } from 'zod';
import { accountShape } from './accounts.ts';
import { pageShape, unitIdShape } from './shapes.ts';

export const customerKindShape = z.enum(['corporate', 'retail']).meta({ id: 'CustomerKind' });

/** A customer; the identity number is masked unless the reader's role may see it. */
export const customerShape = z
  .strictObject({
    customerNumber: z.string(),
    kind: customerKindShape,
    name: z.string(),
    /** Unified social credit code or resident ID number. */
    identityNumber: z.string(),
    unitId: unitIdShape,
    /** Employee number of the main customer manager. */
    customerManager: z.string().nullable(),
    creditRating: z.string().nullable(),
    legalRepresentative: z.string().nullable(),
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof customerShape>;

/** GET /api/customers: by number, by the beginning of the name, or by identity number. */
export const customersQuery = z.strictObject({
  search: z.string().max(60).optional(),
  kind: customerKindShape.optional(),
  ...pageShape,
});
export const customersAnswer = z
  .strictObject({ customers: z.array(customerShape), total: z.number().int().min(0) })
  .meta({ id: 'Customers' });

export const customerParams = z.strictObject({
  customerNumber: z.string().regex(/^[0-9A-Za-z-]{3,40}$/),
});

/** GET /api/customers/:customerNumber */
export const customerAnswer = z
  .strictObject({ customer: customerShape, accounts: z.array(accountShape) })
  .meta({ id: 'CustomerDetail' });
