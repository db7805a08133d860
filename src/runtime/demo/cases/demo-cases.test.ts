import { expect, test } from 'vitest';
import { testDatabase } from '../../../store/testing.ts';
import { type DemoTestBank, demoNow, mustBe, openOn } from '../../journey/testing.ts';
import { stories } from './stories.ts';
import { workDemoCases } from './work-demo-cases.ts';

let bank: DemoTestBank;

/** How the cases of the loan process stand: [status or outcome, how many]. */
async function standing(): Promise<readonly (readonly [string, number])[]> {
  const rows = await bank.database.query<{ end: string; cases: number }>(
    `select coalesce(outcome, status) as end, count(*)::int as cases from process_instance
     where parent_id is null and process_id = 'corporate_loan_sub_branch' group by 1 order by 1`,
  );
  return rows.map(({ end, cases }) => [end, cases] as const);
}

test.each([
  ['on a Friday afternoon', demoNow + 7 * 3_600_000],
  ['on a Friday, an hour after midnight', demoNow - 8 * 3_600_000],
  ['on a Sunday', demoNow + 50 * 3_600_000],
])(
  'opened %s every story comes to where it stands, and the database is whole',
  async (_day, now) => {
    const store = await testDatabase();
    const { database } = store;
    bank = await openOn(database, 'demo cases');
    expect(mustBe(await workDemoCases({ database, cellId: 1, now }))).toBe(stories.length);
    expect(await standing()).toEqual([
      ...[
        ['active', 11],
        ['declined', 2],
        ['handed_up', 1],
        ['not_qualified', 1],
        ['withdrawn', 1],
      ],
    ]);
    const open = await database.query<{ activity: string }>(
      `select distinct element_id as activity from task where status in ('ready', 'reserved') order by 1`,
    );
    expect(open.map(({ activity }) => activity)).toEqual(
      stories.flatMap(({ until }) => until ?? []).sort(),
    );
    const [told] = await database.query<{ notes: number; late: number; off: number }>(
      `select (select count(*)::int from loan_note) as notes,
       (select count(*)::int from business_event where at > $1) as late,
       (select count(*)::int from business_event where login <> 'system'
          and extract(isodow from to_timestamp(at / 1000.0) at time zone 'Asia/Shanghai') > 5
       ) as off`,
      [now],
    );
    expect(told).toEqual({ notes: 5, late: 0, off: 0 });
    const found = await bank.runtime.askOracle();
    expect(found.faults).toEqual([]);
    await store.drop();
  },
  120_000,
);
