import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok, refuse } from '../base/result.ts';
import { openDatabase, sqlFailure } from './database.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let test1: TestDatabase;

beforeAll(async () => {
  test1 = await testDatabase({ lockLimitMs: 200, statementLimitMs: 1_000, connectionsMax: 4 });
  await test1.ownerDatabase.query(`
    create table parcel (id int primary key, weight int8 not null);
    grant select, insert, update, delete on parcel to huiliu_app`);
});

afterAll(async () => {
  await test1.drop();
});

describe('what comes back', () => {
  test.each([
    ['9223372036854775807::int8', 9223372036854775807n],
    ['7::int4', 7],
    ['array[1, null, 3]::int8[]', [1n, null, 3n]],
    ["'{}'::int8[]", []],
    ["date '2024-02-29'", '2024-02-29'],
    ["array[date '2024-02-29']", ['2024-02-29']],
    [`'{"a": 1.10}'::jsonb`, '{"a": 1.10}'],
    ["timestamptz '1970-01-01 08:00:00.123+08'", 123],
    ['12.340::numeric', '12.340'],
    ['null::int8', null],
    ['true', true],
    ["array['a', 'b,c']", ['a', 'b,c']],
  ])('%s', async (sql, wanted) => {
    const [row] = await test1.database.query<{ value: unknown }>(`select ${sql} as value`);
    expect(row?.value).toEqual(wanted);
  });

  test('parameters go in as they come out', async () => {
    const [row] = await test1.database.query(
      'select $1::int8 as large, $2::int8[] as list, $3::date as day, $4::jsonb as json',
      [-9223372036854775808n, [1n, 2n], '2026-12-31', '{"x": [1]}'],
    );
    expect(row).toEqual({
      large: -9223372036854775808n,
      list: [1n, 2n],
      day: '2026-12-31',
      json: '{"x": [1]}',
    });
  });
});

describe('a transaction', () => {
  const insert = (id: number) => `insert into parcel values (${id}, 1)`;
  const count = async (id: number) =>
    (await test1.database.query('select 1 from parcel where id = $1', [id])).length;

  test('commits when the work returns ok', async () => {
    const result = await test1.database.transaction(async (transaction) => {
      await transaction.query(insert(1));
      return ok('done');
    });
    expect([result, await count(1)]).toEqual([ok('done'), 1]);
  });

  test('rolls back when the work returns a refusal', async () => {
    const result = await test1.database.transaction(async (transaction) => {
      await transaction.query(insert(2));
      return refuse('too_heavy');
    });
    expect([result, await count(2)]).toEqual([refuse('too_heavy'), 0]);
  });

  test('rolls back when the work throws, and the connection goes on serving', async () => {
    const attempt = test1.database.transaction(async (transaction) => {
      await transaction.query(insert(3));
      throw new Error('a bug');
    });
    await expect(attempt).rejects.toThrow('a bug');
    expect(await count(3)).toBe(0);
  });

  test('never says ok after a statement had failed', async () => {
    const attempt = test1.database.transaction(async (transaction) => {
      await transaction.query(insert(4));
      await transaction.query(insert(4)).catch((error) => {
        expect(sqlFailure(error)).toEqual({ state: '23505', constraint: 'parcel_pkey' });
      });
      return ok(null);
    });
    await expect(attempt).rejects.toThrow('no statement failed');
    expect(await count(4)).toBe(0);
  });

  test('waits for a lock only so long', async () => {
    await test1.ownerDatabase.transaction(async (holder) => {
      await holder.query('lock table parcel');
      const result = await test1.database.transaction(async (transaction) => {
        await transaction.query(insert(5));
        return ok(null);
      });
      expect(result).toEqual(refuse('database_busy', { committed: 'no' }));
      return ok(null);
    });
    expect(await count(5)).toBe(0);
  });

  test('runs again after a deadlock, and both sides come through', async () => {
    await test1.ownerDatabase.query(`insert into parcel values (10, 0), (11, 0);
      alter role huiliu_app set deadlock_timeout = '50ms'`);
    const database = openDatabase({ url: test1.url }, { lockLimitMs: 3_000 });
    const both = (first: number, second: number) =>
      database.transaction(async (transaction) => {
        const add = 'update parcel set weight = weight + 1 where id = $1';
        await transaction.query(add, [first]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await transaction.query(add, [second]);
        return ok(null);
      });
    const results = await Promise.all([both(10, 11), both(11, 10)]);
    expect(results).toEqual([ok(null), ok(null)]);
    expect(await database.query('select weight from parcel where id in (10, 11)')).toEqual([
      { weight: 2n },
      { weight: 2n },
    ]);
    await database.close();
  });

  test('a snapshot reads one picture and writes nothing', async () => {
    const result = await test1.database.transaction(
      async (transaction) => {
        const before = await transaction.query('select count(*) from parcel');
        await test1.database.query(insert(20));
        expect(await transaction.query('select count(*) from parcel')).toEqual(before);
        const writing = await transaction.query(insert(21)).catch(sqlFailure);
        expect(writing).toEqual({ state: '25006', constraint: '' });
        return refuse('only_looking');
      },
      { snapshot: true },
    );
    expect(result).toEqual(refuse('only_looking'));
  });
});

describe('when connections are lost', () => {
  const endOthers = `select pg_terminate_backend(pid) from pg_stat_activity
    where pid <> pg_backend_pid() and usename = 'huiliu_app' and datname = current_database()`;

  test('idle ones: the next query does not notice', async () => {
    await test1.database.query('select 1');
    await test1.ownerDatabase.query(endOthers);
    expect(await test1.database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('in the middle of work: nothing of it stays, and it runs again', async () => {
    let runs = 0;
    const result = await test1.database.transaction(async (transaction) => {
      runs += 1;
      await transaction.query('insert into parcel values (30, 1)');
      if (runs === 1) await test1.ownerDatabase.query(endOthers);
      await transaction.query('select 1');
      return ok(runs);
    });
    expect(result).toEqual(ok(2));
  });

  test('while committing: the outcome is called unknown', async () => {
    const result = await test1.database.transaction(async (transaction) => {
      await transaction.query('insert into parcel values (31, 1)');
      await test1.ownerDatabase.query(endOthers);
      return ok(null);
    });
    expect(result).toEqual(refuse('database_unavailable', { committed: 'unknown' }));
  });

  test('nobody there: a transaction is refused, a query says so', async () => {
    const nobody = openDatabase({ url: 'postgresql://huiliu_app@127.0.0.1:1/none' });
    const result = await nobody.transaction(async () => ok(null));
    expect(result).toEqual(refuse('database_unavailable', { committed: 'no' }));
    await expect(nobody.query('select 1')).rejects.toThrow('cannot be reached');
    await nobody.close();
  });
});

test('a listener hears what is said, and again after its connection was lost', async () => {
  const heard: string[] = [];
  const until = async (count: number) => {
    for (let turn = 0; turn < 100 && heard.length < count; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  const listener = await test1.database.listen('parcels', (payload) => heard.push(payload));
  await test1.database.query(`select pg_notify('parcels', 'first')`);
  await until(1);
  await test1.ownerDatabase.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen parcels'`,
  );
  await until(2);
  await test1.database.query(`select pg_notify('parcels', 'second')`);
  await until(3);
  await listener.close();
  expect(heard).toEqual(['first', '', 'second']);
});

test('the role of the application owns nothing and cannot create', async () => {
  const attempt = test1.database.query('create table mine (id int)').catch(sqlFailure);
  expect(await attempt).toEqual({ state: '42501', constraint: '' });
});
