import { dateInChina } from '../../base/dates.ts';
import { ok, type Result } from '../../base/result.ts';
import type { InsightPeopleAnswer } from '../../contract/insight/people.ts';
import { periodsOf } from '../../insight/flow/rates.ts';
import { networksOf } from '../../insight/network/networks.ts';
import { profilesOf } from '../../insight/network/profiles.ts';
import { usualHours } from '../../insight/wait/usual-hours.ts';
import type { Found } from './found-log.ts';

/** The bank's clock, UTC+8. */
const offsetMs = 8 * 3_600_000;
const most = { people: 200, handovers: 400, together: 200, activities: 3 };

/** Who hands work to whom, who works together, and what each one does. It names logins. */
export function peopleAnswerOf({ work }: Found, _details: null): Result<InsightPeopleAnswer> {
  const { handovers, together, keptByOne, unnamed } = networksOf(work);
  const { people, periodsMs, unnamedInstances } = profilesOf(work, periodsOf(work));
  const hours = usualHours(work, offsetMs);
  const name = (code: number) => work.log.resources.text(code);
  return ok({
    periods: periodsMs.map((atMs) => dateInChina(atMs)),
    peopleInAll: people.length,
    people: people.slice(0, most.people).map(({ firstMs: _, lastMs: __, code, ...person }) => ({
      ...person,
      hours: hours[code] ?? null,
      activities: person.activities.slice(0, most.activities).map((each) => ({ ...each })),
      workload: [...person.workload],
    })),
    handoversInAll: handovers.length,
    handovers: handovers.slice(0, most.handovers).map(({ from, to, ...arc }) => ({
      ...{ from: name(from), to: name(to) },
      ...arc,
    })),
    together:
      together?.slice(0, most.together).map(({ a, b, cases }) => ({
        ...{ a: name(a), b: name(b), cases },
      })) ?? null,
    ...{ keptByOne, unnamed, unnamedInstances },
  });
}
