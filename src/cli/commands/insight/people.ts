import { periodsOf } from '../../../insight/flow/rates.ts';
import type { Instances } from '../../../insight/instances.ts';
import { type Networks, networksOf } from '../../../insight/network/networks.ts';
import { type Profiles, profilesOf } from '../../../insight/network/profiles.ts';
import { duration, percent } from '../../../insight/report/words.ts';
import { usualHours } from '../../../insight/wait/usual-hours.ts';
import { filterUsage } from '../../analyze/filter-options.ts';
import { readWork, workOptions, workUsage } from '../../analyze/read-work.ts';
import { type Call, type Command, languageOf } from '../../command.ts';

/** What a terminal shows; --json has all of it. */
const shown = 10;

export const people: Command = {
  usage: `huiliu people LOG [--json]
huiliu people --live …

Who hands work to whom (the next piece of work of a case is done by another), who works on the same
cases, and what each person does: activities, cases, handling, workload by period, how much at once, and (with
--json) in which hours work is usually begun, by weekday from 1 Monday to 7 Sunday.

  --utc-offset +HH:MM   of the clock those hours are told by (+00:00; with --live +08:00)
${workUsage}

${filterUsage}`,
  options: { 'utc-offset': { type: 'string' }, ...workOptions },
  words: { min: 0, max: 1 },
  run: async (call) => {
    const offset = call.options['utc-offset'] ?? (call.options.live === true ? '+08:00' : '+00:00');
    const clock = /^([+-])(\d{2}):([0-5]\d)$/.exec(String(offset));
    if (clock === null) {
      call.tell('--utc-offset is such as +08:00.');
      return 2;
    }
    const minutes = Number(clock[2]) * 60 + Number(clock[3]);
    const read = await readWork(call);
    if (typeof read === 'number') return read;
    const { file, work } = read;
    const networks = networksOf(work);
    const profiles = profilesOf(work, periodsOf(work));
    if (call.json) {
      const hours = usualHours(work, (clock[1] === '-' ? -minutes : minutes) * 60_000);
      const each = profiles.people.map(({ code, ...person }) => ({
        ...person,
        hours: hours[code] ?? null,
      }));
      const told = { ok: true, file, ...named(work, networks), ...profiles, people: each };
      call.print(JSON.stringify(told));
    } else for (const line of lines(call, work, networks, profiles)) call.print(line);
    return 0;
  },
};

function named(work: Instances, { handovers, together, ...rest }: Networks) {
  const name = (code: number) => work.log.resources.text(code);
  return {
    ...rest,
    handovers: handovers.map((each) => ({ ...each, from: name(each.from), to: name(each.to) })),
    together: together?.map(({ a, b, cases }) => ({ a: name(a), b: name(b), cases })) ?? null,
  };
}

function lines(call: Call, work: Instances, networks: Networks, profiles: Profiles): string[] {
  const zh = languageOf(call.environment) === 'zh-CN';
  const long = (seconds: number | null) =>
    seconds === null ? '—' : duration(seconds)[zh ? 'zh' : 'en'];
  const { handovers, together } = named(work, networks);
  const say = (chinese: string, english: string) => (zh ? chinese : english);
  return [
    say(
      `人员 ${profiles.people.length}，交接 ${handovers.length} 条，未署名的执行 ${profiles.unnamedInstances}`,
      `${profiles.people.length} people, ${handovers.length} handovers, ${profiles.unnamedInstances} executions of nobody named`,
    ),
    ...handovers
      .slice(0, shown)
      .map(({ from, to, times, medianSeconds }) =>
        say(
          `  ${from} → ${to}：${times} 次，间隔中位数 ${long(medianSeconds)}`,
          `  ${from} → ${to}: ${times} times, median gap ${long(medianSeconds)}`,
        ),
      ),
    say('共同办理：', 'Same cases:'),
    ...(together ?? []).slice(0, shown).map(({ a, b, cases }) => `  ${a} – ${b}: ${cases}`),
    say('人员：', 'People:'),
    ...profiles.people.slice(0, shown).map((each) => {
      const { resource, instances, cases, activities, multitaskingShare: many } = each;
      const handled = long(each.medianHandlingSeconds);
      const share = many === null ? '—' : percent(many);
      const main = activities[0]?.activity ?? '';
      return say(
        `  ${resource}：${instances} 次，${cases} 件，主要为“${main}”，处理中位数 ${handled}，并行 ${share}`,
        `  ${resource}: ${instances} executions, ${cases} cases, mostly "${main}", median handling ${handled}, at once ${share}`,
      );
    }),
  ];
}
