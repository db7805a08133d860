import { type DotOrder, dotOrders, dottedChart } from '../../../insight/flow/dotted.ts';
import { type Rates, ratesOf } from '../../../insight/flow/rates.ts';
import { openCases } from '../../../insight/predict/predictions.ts';
import { duration, percent } from '../../../insight/report/words.ts';
import {
  type HiddenTimer,
  hiddenTimers,
  type WaitingFor,
  waitingFor,
} from '../../../insight/wait/timers.ts';
import { filterUsage } from '../../analyze/filter-options.ts';
import { type ReadWork, readWork, workOptions, workUsage } from '../../analyze/read-work.ts';
import { type Call, type Command, languageOf } from '../../command.ts';

const dotsMost = 1_000_000;

export const flow: Command = {
  usage: `huiliu flow LOG [--customer ACTIVITY]… [--dots N [--order start|duration]] [--json]
huiliu flow --live …

How many cases come, go and are under way in each period; timers that nobody wrote down (an automatic
expiry after n days), with what shows them; and whom cases waited for: a timer, the customer, the bank.

  --customer ACTIVITY   an activity of the customer's; what waits for it waits for the customer
  --dots N              with --json: the dotted chart, at most N pieces of work (whole cases, evenly)
  --order ORDER         of its rows: start (default), or duration, the longest first
${workUsage}

${filterUsage}`,
  options: {
    customer: { type: 'string', multiple: true },
    dots: { type: 'string' },
    order: { type: 'string', default: 'start' },
    ...workOptions,
  },
  words: { min: 0, max: 1 },
  run: async (call) => {
    const { dots, order } = call.options;
    const most = dots === undefined ? 0 : Number(dots);
    if (!Number.isInteger(most) || most < 0 || most > dotsMost) {
      call.tell(`--dots is a whole number up to ${dotsMost}.`);
      return 2;
    }
    if (!dotOrders.some((each) => each === order)) {
      call.tell(`--order is one of ${dotOrders.join(', ')}.`);
      return 2;
    }
    const read = await readWork(call);
    if (typeof read === 'number') return read;
    const told = figures(call, read);
    if (call.json) {
      const chart = most > 0 ? dottedChart(read.work, order as DotOrder, most) : null;
      const timers = told.timers.map(({ work: _, ...timer }) => timer);
      call.print(JSON.stringify({ ok: true, ...told, timers, ...(chart && { dotted: chart }) }));
    } else for (const line of lines(call, told)) call.print(line);
    return 0;
  },
};

type Told = {
  readonly file: string;
  readonly rates: Rates;
  readonly timers: readonly HiddenTimer[];
  readonly waitingFor: WaitingFor;
};

function figures({ options }: Call, { file, work }: ReadWork): Told {
  const customer = Array.isArray(options.customer) ? options.customer.map(String) : [];
  const timers = hiddenTimers(work);
  return {
    file,
    rates: ratesOf(work, openCases(work.log)),
    timers,
    waitingFor: waitingFor(work, timers, customer),
  };
}

function lines(call: Call, { rates, timers, waitingFor: waited }: Told): string[] {
  const zh = languageOf(call.environment) === 'zh-CN';
  const long = (seconds: number) => duration(seconds)[zh ? 'zh' : 'en'];
  const { arrivalsPerDay, meanInProgress, mostInProgress, mostInProgressAtMs } = rates;
  const [mean, perDay] = [meanInProgress.toFixed(1), arrivalsPerDay.toFixed(2)];
  const peak = new Date(mostInProgressAtMs).toISOString().slice(0, 10);
  const share = (seconds: number) => percent(seconds / (waited.waitSeconds || 1));
  const customer = waited.customerSeconds === null ? '—' : share(waited.customerSeconds);
  return [
    zh
      ? `每天到达 ${perDay} 件，平均在办 ${mean} 件，最多 ${mostInProgress} 件（${peak}）`
      : `${perDay} cases a day arrive, ${mean} under way on average, at most ${mostInProgress} (${peak})`,
    zh
      ? `等待：定时器 ${share(waited.timerSeconds)}，客户 ${customer}，银行 ${share(waited.bankSeconds)}`
      : `waiting: timers ${share(waited.timerSeconds)}, customer ${customer}, bank ${share(waited.bankSeconds)}`,
    ...rates.periods.map(({ fromMs, arrivals, completions, inProgress, atEnd }) => {
      const day = new Date(fromMs).toISOString().slice(0, 10);
      const under = inProgress.toFixed(1);
      return zh
        ? `  ${day}（${rates.periodDays} 天）：到达 ${arrivals}，完成 ${completions}，平均在办 ${under}，期末 ${atEnd}`
        : `  ${day} (${rates.periodDays} d): ${arrivals} came, ${completions} went, ${under} under way, ${atEnd} at its end`;
    }),
    ...timers.map(({ anchor, activity, medianSeconds, executions, afterAnchor, by }) => {
      const hand = by ?? (zh ? '无人' : 'nobody');
      return zh
        ? `隐藏的定时器：“${anchor}”之后 ${long(medianSeconds)} →“${activity}”，${executions} / ${afterAnchor} 次，由${hand}执行`
        : `hidden timer: ${long(medianSeconds)} after "${anchor}" comes "${activity}", ${executions} of ${afterAnchor} times, by ${hand}`;
    }),
  ];
}
