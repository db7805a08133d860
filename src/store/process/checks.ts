import type { Queries } from '../database.ts';
import { bookRules } from '../ledger/checks.ts';

/** A thing that must not be: which rule it breaks and where. */
export type Fault = { readonly rule: string; readonly where: string };

/** What must hold between the tables at every commit; a statement gives the rows that break it. */
const rules: readonly { readonly rule: string; readonly sql: string }[] = [
  {
    rule: 'balances of a book and currency sum to zero',
    sql: `select a.book_id || ' ' || a.currency as place
      from account a join account_balance b using (cell_id, account_id)
      where a.cell_id = $1 and a.kind <> 'off_balance'
      group by a.book_id, a.currency
      having sum(case a.normal_side when 'debit' then b.balance_minor
        else -b.balance_minor end) <> 0`,
  },
  {
    rule: 'inter-branch accounts of a legal entity sum to zero',
    sql: `select k.legal_entity_id || ' ' || a.currency as place
      from account a join account_balance b using (cell_id, account_id)
        join book k on k.cell_id = a.cell_id and k.book_id = a.book_id
      where a.cell_id = $1 and a.kind = 'inter_branch'
      group by k.legal_entity_id, a.currency
      having sum(case a.normal_side when 'debit' then b.balance_minor
        else -b.balance_minor end) <> 0`,
  },
  {
    rule: 'an account has the balance of its entries, counted without a gap',
    sql: `select a.account_number as place
      from account a join account_balance b using (cell_id, account_id)
        left join lateral (
          select count(*) as entries, max(e.entry_number) as last_number,
            coalesce(sum(case e.side when a.normal_side then e.amount_minor
              else -e.amount_minor end), 0) as balance_minor,
            (array_agg(e.balance_minor order by e.entry_number desc))[1] as last_balance_minor
          from entry e where e.cell_id = a.cell_id and e.account_id = a.account_id) e on true
      where a.cell_id = $1 and a.kind <> 'off_balance'
        and (e.balance_minor <> b.balance_minor or e.entries <> b.entry_count
          or coalesce(e.last_number, 0) <> b.entry_count
          or coalesce(e.last_balance_minor, 0) <> b.balance_minor)`,
  },
  {
    rule: 'each entry follows from the one before it',
    sql: `select account_id::text as place from (
        select e.account_id, e.entry_number, e.balance_minor,
          case e.side when a.normal_side then e.amount_minor else -e.amount_minor end as change,
          coalesce(lag(e.balance_minor) over (partition by e.account_id order by e.entry_number),
            0) as before
        from entry e join account a using (cell_id, account_id) where e.cell_id = $1) c
      where c.balance_minor <> c.before + c.change`,
  },
  {
    rule: 'a transfer moves money between accounts of its own book and currency',
    sql: `select t.transfer_id::text as place from transfer t
        join account d on d.cell_id = t.cell_id and d.account_id = t.debit_account_id
        join account c on c.cell_id = t.cell_id and c.account_id = t.credit_account_id
      where t.cell_id = $1 and (d.book_id <> t.book_id or c.book_id <> t.book_id
        or d.currency <> t.currency or c.currency <> t.currency)`,
  },
  {
    rule: 'a posting of a process has its event',
    sql: `select p.posting_id::text as place from posting p
      where p.cell_id = $1 and p.process_instance_id is not null and not exists (
        select 1 from business_event e where e.cell_id = p.cell_id and e.kind = 'posted'
          and e.instance_id = p.process_instance_id
          and e.facts ->> 'postingId' = p.posting_id::text)`,
  },
  {
    rule: 'an event that says posted has its posting',
    sql: `select e.case_number || ' ' || e.n as place from business_event e
      where e.cell_id = $1 and e.kind = 'posted' and not exists (
        select 1 from posting p where p.cell_id = e.cell_id
          and p.posting_id = (e.facts ->> 'postingId')::uuid
          and p.process_instance_id = e.instance_id)`,
  },
  {
    rule: 'no task is both open and done',
    sql: `select t.case_number || ' ' || t.element_id as place from task t
      where t.cell_id = $1 and t.status not in ('completed', 'cancelled') and exists (
        select 1 from business_event e where e.cell_id = t.cell_id
          and e.instance_id = t.instance_id and e.activity_instance = t.activity_instance
          and e.kind in ('activity_completed', 'activity_cancelled', 'activity_failed'))`,
  },
  {
    rule: 'a completed task has its event',
    sql: `select t.case_number || ' ' || t.element_id as place from task t
      where t.cell_id = $1 and t.status = 'completed' and not exists (
        select 1 from business_event e where e.cell_id = t.cell_id
          and e.instance_id = t.instance_id and e.activity_instance = t.activity_instance
          and e.kind = 'activity_completed')`,
  },
  {
    rule: 'a case that has ended has no open task, timer or subscription',
    sql: `select i.case_number as place from process_instance i
      where i.cell_id = $1 and i.status in ('completed', 'terminated') and (
        exists (select 1 from task t where t.cell_id = i.cell_id and t.instance_id = i.id
          and t.status not in ('completed', 'cancelled'))
        or exists (select 1 from timer d where d.cell_id = i.cell_id and d.instance_id = i.id)
        or exists (select 1 from message_subscription s where s.cell_id = i.cell_id
          and s.instance_id = i.id))`,
  },
  {
    rule: 'no person did a task kept apart from another they did in the same case',
    sql: `select t.case_number || ' ' || t.element_id as place from task t
        join task o on o.cell_id = t.cell_id and o.root_id = t.root_id and o.id <> t.id
          and o.element_id = any(t.separate_from) and o.assignee_person = t.assignee_person
      where t.cell_id = $1 and t.status = 'completed' and o.status = 'completed'`,
  },
  {
    rule: 'no person prepared a task kept apart from another they did in the same case',
    sql: `select t.case_number || ' ' || t.element_id as place from task_act a
        join task t on t.cell_id = a.cell_id and t.id = a.task_id and t.status = 'completed'
        join task o on o.cell_id = a.cell_id and o.root_id = a.root_id and o.id <> t.id
          and o.status = 'completed' and o.assignee_person = a.person
          and (o.element_id = any(t.separate_from) or t.element_id = any(o.separate_from))
      where a.cell_id = $1 and a.kind = 'task_resolved'`,
  },
  {
    rule: 'an order about a task has its line in the business log',
    sql: `select a.kind || ' ' || a.id as place from task_act a
      where a.cell_id = $1 and not exists (select 1 from business_event e
        where e.cell_id = a.cell_id and e.id = a.id and e.kind = a.kind
          and e.login = a.login)`,
  },
  {
    rule: 'the business log of a case counts without a gap',
    sql: `select i.case_number as place from process_instance i
        left join (select x.path[1] as head, count(*) as events, max(e.n) as last,
            count(distinct e.n) as numbers
          from business_event e join process_instance x
            on x.cell_id = e.cell_id and x.id = e.instance_id
          where e.cell_id = $1 group by x.path[1]) e on e.head = i.id
      where i.cell_id = $1 and i.path[1] = i.id and (coalesce(e.events, 0) <> i.event_count
        or coalesce(e.last, 0) <> i.event_count or coalesce(e.numbers, 0) <> i.event_count)`,
  },
  {
    rule: 'an instance has as many steps in the log as its version says',
    sql: `select i.case_number || ' ' || i.process_id as place from process_instance i
        left join step_log s on s.cell_id = i.cell_id and s.instance_id = i.id
      where i.cell_id = $1
      group by i.cell_id, i.id, i.case_number, i.process_id, i.version
      having count(s.n) <> i.version or coalesce(max(s.n), 0) <> i.version`,
  },
  ...bookRules,
];

/** Names of the rules that are looked at. */
export const ruleNames: readonly string[] = rules.map((one) => one.rule);

/** Faults named of each rule; a broken database would otherwise fill the answer. */
const faultsPerRuleMax = 20;

/** Looks for rows that break a rule between the tables. Reads only; slow on large tables. */
export async function checkTables(queries: Queries, cellId: number): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { rule, sql } of rules) {
    const rows = await queries.query<{ place: string }>(`${sql} limit ${faultsPerRuleMax}`, [
      cellId,
    ]);
    faults.push(...rows.map(({ place }) => ({ rule, where: place })));
  }
  return faults;
}

/** One page of instances with what their replay needs, by id. */
export async function instancesAfter(
  queries: Queries,
  cellId: number,
  after: string,
  limit: number,
): Promise<{ id: string; case_number: string; model_id: string; state: string }[]> {
  return await queries.query(
    `select id, case_number, model_id, state from process_instance
     where cell_id = $1 and id > $2 order by id limit $3`,
    [cellId, after, limit],
  );
}

/** Open tasks of some instances, by the activity instance they stand for. */
export async function openTasksOf(
  queries: Queries,
  cellId: number,
  instanceIds: readonly string[],
): Promise<{ instance_id: string; activity_instance: number }[]> {
  const rows = await queries.query<{ instance_id: string; activity_instance: bigint }>(
    `select instance_id, activity_instance from task
     where cell_id = $1 and instance_id = any($2::uuid[])
       and status not in ('completed', 'cancelled')`,
    [cellId, instanceIds],
  );
  return rows.map((row) => ({ ...row, activity_instance: Number(row.activity_instance) }));
}
