import type { ServerContext } from './context.ts';

/** The accounting date of the legal entity, or null before its books are opened. */
export async function accountingDateOf(context: ServerContext): Promise<string | null> {
  return await context.accountingDate();
}
