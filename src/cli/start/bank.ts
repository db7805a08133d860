import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import { systemActor } from '../../runtime/actor.ts';
import { systemClock, systemRandom } from '../../runtime/clock.ts';
import { workDemoCases } from '../../runtime/demo/cases/work-demo-cases.ts';
import { demoCustomerLogins } from '../../runtime/demo/customers.ts';
import { workDemoMarket } from '../../runtime/demo/market/work-demo-market.ts';
import { openDemoBank } from '../../runtime/demo/open-demo-bank.ts';
import { demoEmployees, demoPassword } from '../../runtime/demo/people.ts';
import { createRuntime, type Runtime } from '../../runtime/runtime.ts';
import { serverSettingsDefault } from '../../server/settings.ts';
import type { Database } from '../../store/database.ts';
import { projectFolder } from '../project.ts';

/** The runtime of this machine over a database, with the tables of the coming months. */
export async function openBank(database: Database): Promise<Runtime> {
  const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
  await runtime.prepareMonths(systemClock());
  return runtime;
}

/**
 * Opens the demo bank where there is none, and deploys the processes that ship, where they changed.
 * `cases`: with the loan cases of its last weeks.
 */
export async function openDemo(
  runtime: Runtime,
  tell: (line: string) => void,
  { cases }: { readonly cases: boolean },
): Promise<Result<null>> {
  const { database, cellId } = runtime.parts;
  const { passwordCost } = serverSettingsDefault;
  const opened = await openDemoBank({ database, cellId, now: systemClock(), passwordCost });
  if (!opened.ok) return opened;
  if (opened.value === 'opened') tell('The demo bank is open: units, people, customers, accounts.');
  for (const folder of await processFolders()) {
    const deployed = await runtime.deployProcess({ actor: systemActor, folder });
    if (!deployed.ok) {
      tell(`The process ${basename(folder)} was not deployed:`);
      return deployed;
    }
    const { isNew, version } = deployed.value;
    if (isNew) tell(`Process ${basename(folder)} deployed, version ${version}.`);
  }
  if (opened.value !== 'opened' || !cases) return ok(null);
  const worked = await workDemoCases({ database, cellId, now: systemClock() });
  if (!worked.ok) return worked;
  tell(`${worked.value} loan cases of the last weeks are done or under way.`);
  const dealt = await workDemoMarket({ database, cellId, now: systemClock() });
  if (!dealt.ok) return dealt;
  tell(`${dealt.value} cases of bills and foreign exchange are done or under way.`);
  return ok(null);
}

/** processes/<line>/<process>/, in order. */
async function processFolders(): Promise<string[]> {
  const root = join(projectFolder, 'processes');
  const files = await readdir(root, { recursive: true });
  return files
    .filter((file) => basename(file) === 'process.bpmn')
    .map((file) => join(root, dirname(file)))
    .sort();
}

/** Who can sign in at the demo bank, for the person at the terminal. */
export function demoLogins(): string[] {
  const seats: Record<string, string> = {
    customer_manager: '客户经理 customer manager',
    risk_manager: '风险经理 risk manager',
    committee_member: '审贷会委员 committee member',
    branch_credit_officer: '分行授信审查 branch credit officer',
    disbursement_officer: '放款审核岗 disbursing officer',
    auditor: '审计 auditor',
  };
  const staff = Object.entries(seats).flatMap(([position, seat]) => {
    const employee = demoEmployees.find(({ positionCode }) => positionCode === position);
    return employee === undefined ? [] : [`${employee.login.padEnd(16)} ${seat}`];
  });
  const customers = demoCustomerLogins
    .slice(0, 1)
    .map(({ login }) => `${login.padEnd(16)} 企业客户 corporate customer`);
  return [...staff, ...customers, `password of all: ${demoPassword}`];
}
