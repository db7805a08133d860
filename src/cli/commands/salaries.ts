import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatAmount } from '../../base/money.ts';
import { uuidV7 } from '../../base/uuid.ts';
import { refusalText } from '../../contract/refusals/index.ts';
import { systemClock, systemRandom } from '../../runtime/clock.ts';
import { createRuntime, type Runtime } from '../../runtime/runtime.ts';
import { readSalaryLines } from '../../runtime/salary/lines.ts';
import { readSettings } from '../../runtime/settings.ts';
import { readResults } from '../../store/products/salaries.ts';
import { type Call, type Command, type ExitCode, languageOf, sayRefusal } from '../command.ts';
import { openToLook } from '../start/database.ts';

export const salaries: Command = {
  usage: `huiliu salaries FILE --payer ACCOUNT --maker LOGIN --authoriser LOGIN [--order ID]

Pays salaries (代发工资) from a CSV file of account,name,amount (a line each, no heading), at most
100,000 lines, and gives each line's result: paid, or why not. Broken off, it is called again with
--order ID (told on stderr) and goes on; no line is paid twice. Exit code 1 when a line was refused.`,
  options: {
    payer: { type: 'string' },
    maker: { type: 'string' },
    authoriser: { type: 'string' },
    order: { type: 'string' },
  },
  words: { min: 1, max: 1 },
  run: async (call) => {
    const { payer, maker, authoriser } = call.options;
    if (payer === undefined || maker === undefined || authoriser === undefined) {
      call.tell('--payer, --maker and --authoriser are needed.');
      return 2;
    }
    const text = await readFile(resolve(call.folder, String(call.words[0])), 'utf8');
    const lines = readSalaryLines(text);
    if (!lines.ok) {
      call.tell(`Line ${lines.facts.line} is not account,name,amount.`);
      return 2;
    }
    const settings = readSettings(call.environment, call.folder);
    if (!settings.ok) return sayRefusal(call, settings);
    const opened = await openToLook(settings.value);
    if (!opened.ok) return sayRefusal(call, opened);
    try {
      const { database } = opened.value;
      const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
      const batchId = String(call.options.order ?? uuidV7(systemClock(), systemRandom(10)));
      call.tell(`order ${batchId}`);
      const batch = {
        ...{ batchId, payerAccountNumber: String(payer), currency: 'CNY' },
        ...{ makerLogin: String(maker), authoriserLogin: String(authoriser) },
      };
      const taken = await runtime.takeSalaries(batch, lines.value);
      if (!taken.ok) return sayRefusal(call, taken);
      const paid = await runtime.paySalaries(batchId);
      if (!paid.ok) return sayRefusal(call, paid);
      return await tellResults(call, runtime, batchId);
    } finally {
      await opened.value.close();
    }
  },
};

const pageRows = 5_000;

async function tellResults(call: Call, runtime: Runtime, batchId: string): Promise<ExitCode> {
  const { database, cellId } = runtime.parts;
  const language = languageOf(call.environment);
  const counts = { paid: 0, refused: 0, waiting: 0 };
  let paidMinor = 0n;
  for (let after = 0; ; ) {
    const page = await readResults(database, { cellId, batchId, after, max: pageRows });
    for (const { lineNumber, accountNumber, amountMinor, status, code, postingNumber } of page) {
      counts[status] += 1;
      if (status === 'paid') paidMinor += amountMinor;
      const number = postingNumber === null ? null : String(postingNumber);
      const line = { lineNumber, accountNumber, amountMinor: String(amountMinor), status, code };
      const facts = { account: accountNumber, name: 'amount' };
      const why = code === null ? `${number}` : refusalText(code, language, facts);
      if (call.json) call.print(JSON.stringify({ ...line, postingNumber: number }));
      else call.print(`${lineNumber} ${accountNumber} ${status}: ${why}`);
    }
    if (page.length < pageRows) break;
    after = page.at(-1)?.lineNumber ?? after;
  }
  call.tell(`${counts.paid} paid, ${formatAmount(paidMinor, 'CNY')}; ${counts.refused} refused`);
  return counts.refused === 0 && counts.waiting === 0 ? 0 : 1;
}
