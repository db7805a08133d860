import { assert } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import type { Queries, Transaction } from '../database.ts';

/** Where, when and by whom something at the counter is kept. */
export type ChargePlace = {
  readonly cellId: number;
  readonly caseNumber: string;
  readonly accountingDate: string;
  readonly at: number;
  readonly login: string;
  readonly newId: () => string;
};

/** Keeps what was charged for a service, with its waiver. */
export async function addCharge(
  transaction: Transaction,
  place: ChargePlace,
  values: Values,
): Promise<void> {
  await transaction.query(
    `insert into fee_charge (cell_id, charge_id, service, channel, customer_class, unit_code,
       account_number, customer_number, currency, basis_minor, standard_minor, waived_minor,
       waiver_reason, waiver_note, approved_login, case_number, accounting_date, charged_at, login)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      ...[place.cellId, place.newId(), text(values, 'service'), text(values, 'channel')],
      ...[text(values, 'customerClass'), text(values, 'unitId'), text(values, 'accountNumber')],
      ...[maybe(values, 'customerNumber'), text(values, 'currency'), whole(values, 'basisMinor')],
      ...[whole(values, 'standardMinor'), whole(values, 'waivedMinor')],
      ...[maybe(values, 'waiverReason'), maybe(values, 'waiverNote')],
      ...[maybe(values, 'approvedLogin'), place.caseNumber, place.accountingDate],
      ...[place.at, place.login],
    ],
  );
}

/** A waiver as its list shows it. */
export type Waiver = {
  readonly caseNumber: string;
  readonly accountingDate: string;
  readonly unitCode: string;
  readonly service: string;
  readonly customerClass: string;
  readonly accountNumber: string;
  readonly currency: string;
  readonly standardMinor: bigint;
  readonly waivedMinor: bigint;
  readonly reason: string;
  readonly login: string;
  readonly approvedLogin: string;
};

/** Waivers given in units from one date to another, the newest first, at most so many. */
export async function readWaivers(
  queries: Queries,
  cellId: number,
  of: {
    readonly units: readonly string[];
    readonly from: string;
    readonly to: string;
    readonly max: number;
  },
): Promise<readonly Waiver[]> {
  return await queries.query<Waiver>(
    `select case_number as "caseNumber", accounting_date as "accountingDate",
       unit_code as "unitCode", service, customer_class as "customerClass",
       account_number as "accountNumber", currency, standard_minor as "standardMinor",
       waived_minor as "waivedMinor", waiver_reason as reason, login,
       approved_login as "approvedLogin"
     from fee_charge
     where cell_id = $1 and unit_code = any($2) and accounting_date between $3 and $4
       and waived_minor > 0
     order by charged_at desc, charge_id limit $5`,
    [cellId, of.units, of.from, of.to, of.max],
  );
}

function text(values: Values, name: string): string {
  const value = values[name];
  assert(typeof value === 'string', `${name} of the charge is a text`);
  return value;
}

function maybe(values: Values, name: string): string | null {
  return values[name] == null ? null : text(values, name);
}

function whole(values: Values, name: string): bigint {
  const value = values[name];
  assert(typeof value === 'bigint', `${name} of the charge is a whole number`);
  return value;
}
