import { readBooks } from '../../store/ledger/books.ts';
import type { Person } from '../../store/people/sessions.ts';
import { calendarDate, type ServerContext } from '../context.ts';
import { unitsInScope } from './sessions.ts';

/** The accounting date that is open; before the first one, the day of the calendar. */
export async function openDate(context: ServerContext): Promise<string> {
  return (await context.accountingDate()) ?? calendarDate(context);
}

/** Ids of the books whose unit is within the person's scope. */
export async function booksInScope(
  context: ServerContext,
  person: Person,
): Promise<ReadonlySet<string>> {
  const units = new Set(await unitsInScope(context, person, 'view_ledger'));
  const books = await readBooks(context.database, context.settings.cellId);
  return new Set(books.filter((book) => units.has(book.unitCode)).map((book) => book.bookId));
}
