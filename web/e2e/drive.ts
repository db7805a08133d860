import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../src/base/assert.ts';
import { idempotencyKey } from '../api/idempotency.ts';
import { daysAgo, today } from './days.ts';
import { demoPassword } from './testing.ts';

const processFolder = join(import.meta.dirname, '../../processes/corporate/loan-sub-branch');

/** Who takes part in a loan of the first sub-branch, in the order in which they look. */
export const people = [
  'qiheng.110101',
  'li.na',
  'wang.lei',
  'xu.lin',
  'he.jianping',
  'deng.chao',
  'cao.fei',
  'peng.tao',
  'zeng.li',
  'xiao.bin',
  'zhang.guoqiang',
  'liu.fang',
  'song.yu',
  'gao.wei',
  'tang.jie',
] as const;

type Answer = { readonly status: number; readonly body: Record<string, unknown> };
type OpenTask = {
  readonly id: string;
  readonly activity: string;
  readonly caseNumber: string;
  readonly assignee: string | null;
};

/** Programs that act for people over HTTP, each signed in once. */
export class Staff {
  private readonly address: string;
  private readonly tokens = new Map<string, string>();

  constructor(address: string) {
    this.address = address;
  }

  async call(login: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const token = this.tokens.get(login) ?? (await this.signIn(login));
    return this.send(method, path, body, { authorization: `Bearer ${token}` });
  }

  private async signIn(login: string): Promise<string> {
    const answer = await this.send('POST', '/api/session', { login, password: demoPassword }, {});
    const token = String(answer.body['token']);
    this.tokens.set(login, token);
    return token;
  }

  private async send(
    method: string,
    path: string,
    body: unknown,
    extra: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const headers: Record<string, string> = { ...extra };
    if (method !== 'GET') headers['idempotency-key'] = idempotencyKey();
    if (body !== undefined) headers['content-type'] = 'application/json';
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(this.address + path, { method, headers, ...content });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }
}

/** The usual answers of the process's own page of runs: activity -> values. */
async function usualAnswers(): Promise<ReadonlyMap<string, Record<string, unknown>>> {
  const text = await readFile(join(processFolder, 'cases.md'), 'utf8');
  const filled = text.replaceAll('{depositAccount}', '11010100000000011');
  const rows = [...filled.matchAll(/^\| (\w+) \| [\w ]+ \| `(\{.*\})` \|$/gm)];
  return new Map(rows.map((row) => [row[1] ?? '', JSON.parse(row[2] ?? '{}')]));
}

/** Amounts and rates go over HTTP as digits in strings. */
function overHttp(values: Record<string, unknown>): Record<string, unknown> {
  const money = Object.entries(values).map(([name, value]) => [
    name,
    /(Minor|Ppm)$/.test(name) ? String(value) : value,
  ]);
  return Object.fromEntries(money);
}

/**
 * Takes a new loan case on its straight path until an activity is open; gives case and task.
 * `differs`: by activity, what is answered otherwise than usual.
 */
export async function loanUntil(
  staff: Staff,
  activity: string | null,
  differs: Readonly<Record<string, Record<string, unknown>>> = {},
): Promise<{ readonly caseNumber: string; readonly taskId: string }> {
  const answers = await usualAnswers();
  const [applicant] = people;
  const session = await staff.call(applicant, 'GET', '/api/session');
  const { customerNumber } = session.body['user'] as { customerNumber: string };
  const processId = 'corporate_loan_sub_branch';
  const order = { processId, values: { customerNumber } };
  const started = await staff.call(applicant, 'POST', '/api/cases', order);
  const caseNumber = String(started.body['caseNumber']);
  for (let done = true; done; ) {
    done = false;
    for (const login of people) {
      const path = `/api/tasks?filter=all&caseNumber=${caseNumber}`;
      const open = (await staff.call(login, 'GET', path)).body['tasks'] as OpenTask[];
      for (const task of open) {
        if (task.activity === activity) return { caseNumber, taskId: task.id };
        const usual = { ...answers.get(task.activity), ...differs[task.activity] };
        const direct = 'paymentMethod' in usual ? selfDirected : {};
        const values = overHttp(datedNow({ ...usual, ...direct }));
        done = (await complete(staff, login, task, values)) || done;
      }
    }
  }
  assert(activity === null, `${caseNumber} comes to ${activity}`);
  return { caseNumber, taskId: '' };
}

/** The days of the usual answers as if they were given now: reports and visits before contracts. */
function datedNow(values: Record<string, unknown>): Record<string, unknown> {
  const days = Object.keys(values).filter((name) => name.endsWith('Date'));
  const dated = days.map((name) => [name, name === 'contractDate' ? today() : daysAgo(2)]);
  return { ...values, ...Object.fromEntries(dated) };
}

const selfDirected = {
  paymentMethod: 'self_directed',
  payeeName: undefined,
  payeeAccountNumber: undefined,
};

/** The image of a certificate, without which no collateral is registered. */
async function addCertificate(staff: Staff, login: string, task: OpenTask): Promise<void> {
  const paper = { kind: 'collateralDocuments', title: '权证影像.png', content: 'iVBORw0KGgo=' };
  await staff.call(login, 'POST', `/api/cases/${task.caseNumber}/documents`, paper);
}

async function complete(
  staff: Staff,
  login: string,
  task: OpenTask,
  values: Record<string, unknown>,
): Promise<boolean> {
  if (task.assignee === null) await staff.call(login, 'POST', `/api/tasks/${task.id}/claim`, {});
  if (task.activity === 'register_collateral') await addCertificate(staff, login, task);
  const answer = await staff.call(login, 'POST', `/api/tasks/${task.id}/complete`, { values });
  return answer.status === 200;
}
