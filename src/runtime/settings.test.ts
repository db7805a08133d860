import { expect, test } from 'vitest';
import { ok, refuse } from '../base/result.ts';
import { readSettings } from './settings.ts';

const defaults = {
  port: 8787,
  host: '127.0.0.1',
  dataFolder: '/bank/.huiliu',
  databaseUrl: null,
  databaseOwnerUrl: null,
  testMaterial: null,
};

test.each([
  [{}, defaults],
  [{ PORT: '', HOST: '', DATA_DIR: '' }, defaults],
  [{ PORT: '0' }, { ...defaults, port: 0 }],
  [
    { PORT: '65535', HOST: '::1' },
    { ...defaults, port: 65_535, host: '::1' },
  ],
  [{ DATA_DIR: '/var/data' }, { ...defaults, dataFolder: '/var/data' }],
  [{ HUILIU_DATA: '../data' }, { ...defaults, testMaterial: '/data' }],
  [
    { DATABASE_URL: 'postgres://huiliu_app@db/bank', DATABASE_OWNER_URL: 'postgresql://o@db/bank' },
    {
      ...defaults,
      databaseUrl: 'postgres://huiliu_app@db/bank',
      databaseOwnerUrl: 'postgresql://o@db/bank',
    },
  ],
  [{ PATH: '/bin', LANG: 'zh_CN.UTF-8' }, defaults],
])('%o is read', (variables, wanted) => {
  expect(readSettings(variables, '/bank')).toEqual(ok(wanted));
});

test.each([
  [{ HUILIU_PORT: '1' }, 'setting_unknown', 'HUILIU_PORT'],
  [{ HUILIU_DATEN: '1', PORT: 'x' }, 'setting_unknown', 'HUILIU_DATEN'],
  [{ PORT: '65536' }, 'setting_invalid', 'PORT'],
  [{ PORT: '-1' }, 'setting_invalid', 'PORT'],
  [{ PORT: '80a' }, 'setting_invalid', 'PORT'],
  [{ HOST: 'a b' }, 'setting_invalid', 'HOST'],
  [{ DATABASE_URL: 'mysql://x' }, 'setting_invalid', 'DATABASE_URL'],
])('%o is refused as %s', (variables, code, name) => {
  const result = readSettings(variables, '/bank');
  expect(result).toEqual(refuse(code, expect.objectContaining({ name })));
});
