import { assert } from '../../base/assert.ts';
import {
  decodeValues,
  encodeValues,
  isValueList,
  isValues,
  type Value,
  type Values,
} from '../../base/data.ts';
import type { Parameter, Queries, Transaction } from '../database.ts';
import { parameterOn } from './parameters.ts';

/** Where and when an event is kept. */
export type LoanEventPlace = {
  readonly cellId: number;
  readonly caseNumber: string;
  readonly accountingDate: string;
  readonly at: number;
};

/** Shapes are those of NoteHistory in product/loan/note/history.ts, as values. */

export type OfNote = { readonly cellId: number; readonly noteNumber: string };

type Row = { [column: string]: string | bigint | null };

/** All that is kept of a note, in the order in which it happened; null when there is none. */
export async function noteHistoryOf(queries: Queries, of: OfNote): Promise<Values | null> {
  const { cellId, noteNumber } = of;
  const [note] = await queries.query<Row>(
    `select n.note_number as "noteNumber", c.product_code as "productCode", n.currency,
       n.contract_number as "contractNumber", n.customer_number as "customerNumber",
       n.deposit_account_number as "depositAccountNumber", n.unit_code as "unitId",
       n.principal_minor as "principalMinor", n.rate_ppm as "ratePpm",
       n.repayment_method as method, n.start_date as "startDate", n.maturity_date as "maturityDate"
     from loan_note n
     join loan_contract c on c.cell_id = n.cell_id and c.contract_number = n.contract_number
     where n.cell_id = $1 and n.note_number = $2`,
    [cellId, noteNumber],
  );
  if (note === undefined) return null;
  const instalments = await queries.query<Row>(
    `select number::int8 as number, due_date as "dueDate", days::int8 as days,
       principal_minor as "principalMinor", interest_minor as "interestMinor"
     from loan_instalment where cell_id = $1 and note_number = $2 order by number`,
    [cellId, noteNumber],
  );
  const happenings = await happeningsOf(queries, of);
  return { note, instalments, happenings, night: await lastNightOf(queries, of) };
}

/**
 * The same with the parameters of its product as `product`: those of the day of its release, or
 * those of today where there were none yet.
 */
export async function noteHistoryWithProduct(
  queries: Queries,
  of: OfNote & { readonly date: string },
): Promise<Values | null> {
  const history = await noteHistoryOf(queries, of);
  const note = history?.note ?? null;
  if (history === null || !isValues(note)) return null;
  const at = { cellId: of.cellId, name: `loan.product.${String(note.productCode)}` };
  const then = await parameterOn(queries, { ...at, date: String(note.startDate) });
  const product = then ?? (await parameterOn(queries, { ...at, date: of.date }));
  return { ...history, product };
}

async function lastNightOf(queries: Queries, of: OfNote): Promise<Values | null> {
  const [row] = await queries.query<Row>(
    `select accounting_date as date, receivable_minor as "receivableMinor",
       expected_loss_minor as "allowanceMinor", five_level_class as level, stage::int8 as stage
     from loan_night where cell_id = $1 and note_number = $2
     order by accounting_date desc limit 1`,
    [of.cellId, of.noteNumber],
  );
  return row ?? null;
}

/** Payments and events; a payment that an event tells of itself is told once. */
async function happeningsOf(queries: Queries, of: OfNote): Promise<Values[]> {
  const parameters = [of.cellId, of.noteNumber];
  const rows = await queries.query<Row>(
    `select sequence::int8 as sequence, number::int8 as number, from_date as "from",
       to_date as "to", due_date as "dueDate", principal_minor as "principalMinor",
       interest_minor as "interestMinor", carried_minor as "carriedMinor",
       balance_minor as "balanceMinor"
     from loan_plan_row where cell_id = $1 and note_number = $2 order by sequence, number`,
    parameters,
  );
  const happened = await queries.query<Row>(
    `select 'payment' as kind, r.accounting_date as date, r.paid_at as at, r.case_number as "case",
       r.instalment_number::int8 as number, r.principal_minor as "principalMinor",
       r.interest_minor as "interestMinor", r.penalty_minor as "penaltyMinor",
       r.compound_minor as "compoundMinor", r.receivable_minor as "receivableMinor", null as type,
       null as details, null::int8 as sequence, null as performer
     from loan_repayment r where r.cell_id = $1 and r.note_number = $2
       and not (r.instalment_number is null and exists (
         select from loan_event e where e.cell_id = r.cell_id and e.note_number = r.note_number
           and e.kind = 'prepaid' and e.case_number = r.case_number))
     union all
     select 'event', e.accounting_date, e.happened_at, e.case_number, null, null, null, null, null,
       null, e.kind, e.details::text, e.sequence::int8, e.performer
     from loan_event e where e.cell_id = $1 and e.note_number = $2
     order by at, sequence nulls first, number`,
    parameters,
  );
  return happened.map(({ details, sequence, type, ...one }): Values => {
    if (one.kind === 'payment') return one;
    const own = rows.filter((row) => row.sequence === sequence);
    return { ...one, type: type ?? null, values: decodeValues(String(details)), rows: own };
  });
}

/**
 * Keeps an event of a note with the plan it makes. Whoever orders it holds the note's contract, so
 * no two number an event at once.
 */
export async function addLoanEvent(
  transaction: Transaction,
  place: LoanEventPlace,
  { noteNumber, type, replaces, values, rows, performer }: Values,
): Promise<void> {
  const of = [place.cellId, String(noteNumber)];
  assert(values !== undefined && isValues(values), 'an event says something');
  const [added] = await transaction.query<{ sequence: number }>(
    `insert into loan_event (cell_id, note_number, sequence, kind, case_number, performer,
       accounting_date, details, replaces, happened_at)
     select $1, $2, coalesce(max(sequence), 0) + 1, $3, $4, $5, $6, $7::jsonb, $8, $9
     from loan_event where cell_id = $1 and note_number = $2
     returning sequence`,
    [
      ...of,
      String(type),
      place.caseNumber,
      performer === undefined || performer === null ? null : String(performer),
      place.accountingDate,
      encodeValues(values),
      String(replaces),
      place.at,
    ],
  );
  const list = isValueList(rows ?? null) ? (rows as readonly Value[]).filter(isValues) : [];
  const column = (name: string): Parameter =>
    list.map((row) => {
      const value = row[name];
      assert(typeof value === 'bigint' || typeof value === 'string', `a row has its ${name}`);
      return value;
    });
  await transaction.query(
    `insert into loan_plan_row (cell_id, note_number, sequence, number, from_date, to_date,
       due_date, principal_minor, interest_minor, carried_minor, balance_minor)
     select $1, $2, $3, * from unnest($4::int[], $5::date[], $6::date[], $7::date[], $8::int8[],
       $9::int8[], $10::int8[], $11::int8[])`,
    [
      ...of,
      added?.sequence ?? 0,
      ...['number', 'from', 'to', 'dueDate'].map(column),
      ...['principalMinor', 'interestMinor', 'carriedMinor', 'balanceMinor'].map(column),
    ],
  );
}
