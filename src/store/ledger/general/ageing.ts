import { type AgeingEntry, type OpenItem, openItems } from '../../../ledger/general/ageing.ts';
import type { Queries } from '../../database.ts';

/** An account of suspense or in transit with what is open on it; items in the normal side. */
export type AgedAccount = {
  readonly bookId: string;
  readonly glCode: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly currency: string;
  readonly openItems: 'suspense' | 'in_transit';
  readonly items: readonly OpenItem[];
};

/**
 * Suspense and in-transit accounts (挂账、在途) of the cell that are not at 0 at the end of a date,
 * each with its uncleared items, the oldest first. Which GL accounts they are stands in the chart.
 */
export async function readAgeing(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly AgedAccount[]> {
  const rows = await queries.query<Omit<AgedAccount, 'items'> & AgeingEntry>(
    `select a.book_id as "bookId", a.gl_code as "glCode", a.account_number as "accountNumber",
       a.name, a.currency, g.open_items as "openItems", e.accounting_date as "accountingDate",
       case when e.side = a.normal_side then e.amount_minor else -e.amount_minor end
         as "changeMinor", p.posting_number as "postingNumber"
     from gl_account g
       join account a on a.cell_id = g.cell_id and a.gl_code = g.gl_code
       join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
       join entry e on e.cell_id = a.cell_id and e.account_id = a.account_id
         and e.accounting_date <= $2
       join posting p on p.cell_id = e.cell_id and p.posting_id = e.posting_id
     where g.cell_id = $1 and g.open_items is not null and g.effective_from <= $2
       and (g.effective_to is null or g.effective_to > $2)
       and not (b.balance_minor = 0 and b.balance_date <= $2)
       and e.entry_number > coalesce((select max(z.entry_number) from entry z
         where z.cell_id = a.cell_id and z.account_id = a.account_id and z.balance_minor = 0
           and z.accounting_date <= $2), 0)
     order by a.book_id, a.gl_code, a.account_number, e.entry_number`,
    [cellId, date],
  );
  const accounts = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) {
    accounts.set(row.accountNumber, [...(accounts.get(row.accountNumber) ?? []), row]);
  }
  return [...accounts.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const { accountingDate: _, changeMinor: __, postingNumber: ___, ...account } = first;
    return [{ ...account, items: openItems(entries, date) }];
  });
}
