import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { InsightPeopleAnswer } from '../../../../src/contract/insight/people.ts';
import { insightPeopleQuery } from '../../../api/insight-working.ts';
import { Answer } from '../../../parts/ask.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { useSettings } from '../../../settings.ts';
import '../../../styles/insight-working.css';
import type { Stack, TabProps } from '../asked.ts';
import { countText, durationText, shareText } from '../figures.ts';

type Part = { readonly people: InsightPeopleAnswer; readonly stack: Stack };
/** People in the matrix of handovers: those with most work. */
const matrixMost = 12;
const together = 20;

/** 人员: what each one does, who hands work to whom, who works on the same cases. */
export function Tab({ stack }: TabProps) {
  const found = useQuery(insightPeopleQuery(stack.asked));
  return (
    <div className="stack" aria-busy={found.isFetching}>
      <Answer of={found}>
        {(people) => (
          <>
            <Profiles people={people} stack={stack} />
            <Handovers people={people} />
            <Together people={people} />
          </>
        )}
      </Answer>
    </div>
  );
}

function Profiles({ people, stack }: Part) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const listed = people.people.length;
  return (
    <section className="pane">
      <h3>{t('insightPeople.profiles')}</h3>
      <p className="muted">
        {t('insightPeople.profilesRule', {
          ...{ listed: countText(listed), all: countText(people.peopleInAll) },
          unnamed: countText(people.unnamedInstances),
        })}
      </p>
      <Scroll label={t('insightPeople.profiles')} className="dotted">
        <table>
          <thead>
            <tr>
              <th>{t('insightPeople.person')}</th>
              <th className="n">{t('insight.executions')}</th>
              <th className="n">{t('insight.cases')}</th>
              <th>{t('insightPeople.mostly')}</th>
              <th className="n">{t('insight.handlingMedian')}</th>
              <th className="n">{t('insightPeople.atOnce')}</th>
              <th>{t('insightPeople.hours')}</th>
              <th>{t('insightPeople.workload')}</th>
            </tr>
          </thead>
          <tbody>
            {people.people.map((each) => (
              <tr key={each.resource}>
                <td className="nowrap">{each.resource}</td>
                <td className="n">{countText(each.instances)}</td>
                <td className="n">
                  <button
                    type="button"
                    className="link"
                    onClick={() => stack.show(`resource:${each.resource}`)}
                  >
                    {countText(each.cases)}
                  </button>
                </td>
                <td>
                  {each.activities
                    .map(({ activity, instances }) => `${activity} (${countText(instances)})`)
                    .join(', ')}
                </td>
                <td className="n nowrap">{durationText(each.medianHandlingSeconds, language)}</td>
                <td className="n">
                  {each.multitaskingShare === null ? '—' : shareText(each.multitaskingShare)}
                </td>
                <td>{each.hours ?? '—'}</td>
                <td>
                  <Workload
                    name={t('insightPeople.workloadOf', { person: each.resource })}
                    work={each.workload}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Pieces of work by period as small bars; the tallest is the person's own most. */
function Workload({ name, work }: { name: string; work: readonly number[] }) {
  const most = Math.max(1, ...work);
  const step = 160 / Math.max(work.length, 1);
  return (
    <svg className="workload" viewBox="0 0 160 20" role="img" aria-label={`${name}: ${most}`}>
      {work.map((count, k) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a period has no name but its place
          key={k}
          x={k * step}
          width={Math.max(step - 1, 0.8)}
          y={20 - (count / most) * 20}
          height={(count / most) * 20}
        />
      ))}
    </svg>
  );
}

function Handovers({ people }: { people: InsightPeopleAnswer }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  if (people.handovers.length === 0) {
    return (
      <section className="pane">
        <h3>{t('insightPeople.handovers')}</h3>
        <p>{t('insightPeople.noHandovers')}</p>
      </section>
    );
  }
  return (
    <section className="pane">
      <h3>{t('insightPeople.handovers')}</h3>
      <p className="muted">
        {t('insightPeople.handoversRule', {
          ...{ kept: countText(people.keptByOne), unnamed: countText(people.unnamed) },
          all: countText(people.handoversInAll),
        })}
      </p>
      <Matrix people={people} />
      <Scroll label={t('insightPeople.handovers')} className="dotted">
        <table>
          <thead>
            <tr>
              <th>{t('insight.fromActivity')}</th>
              <th>{t('insight.toActivity')}</th>
              <th className="n">{t('insightPeople.times')}</th>
              <th className="n">{t('insight.cases')}</th>
              <th className="n">{t('insight.medianBetween')}</th>
            </tr>
          </thead>
          <tbody>
            {people.handovers.slice(0, 100).map((arc) => (
              <tr key={`${arc.from} ${arc.to}`}>
                <td>{arc.from}</td>
                <td>{arc.to}</td>
                <td className="n">{countText(arc.times)}</td>
                <td className="n">{countText(arc.cases)}</td>
                <td className="n nowrap">{durationText(arc.medianSeconds, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Handovers between those with most work, the darker the more. */
function Matrix({ people }: { people: InsightPeopleAnswer }) {
  const { t } = useTranslation();
  const names = people.people.slice(0, matrixMost).map(({ resource }) => resource);
  const times = new Map(people.handovers.map((arc) => [`${arc.from} ${arc.to}`, arc.times]));
  const most = Math.max(1, ...times.values());
  return (
    <Scroll label={t('insightPeople.matrix')} className="scroll-x matrix">
      <table>
        <thead>
          <tr>
            <th>{t('insightPeople.fromTo')}</th>
            {names.map((name) => (
              <th key={name} className="n">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((from) => (
            <tr key={from}>
              <th scope="row">{from}</th>
              {names.map((to) => {
                const count = times.get(`${from} ${to}`) ?? 0;
                const level = count === 0 ? 0 : Math.ceil((3 * count) / most);
                return (
                  <td key={to} className="n" data-level={level}>
                    {count === 0 ? '' : countText(count)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Together({ people }: { people: InsightPeopleAnswer }) {
  const { t } = useTranslation();
  if (people.together === null || people.together.length === 0) return null;
  return (
    <section className="pane">
      <h3>{t('insightPeople.together')}</h3>
      <Scroll label={t('insightPeople.together')} className="dotted">
        <table>
          <thead>
            <tr>
              <th>{t('insightPeople.person')}</th>
              <th>{t('insightPeople.person')}</th>
              <th className="n">{t('insightPeople.jointCases')}</th>
            </tr>
          </thead>
          <tbody>
            {people.together.slice(0, together).map(({ a, b, cases }) => (
              <tr key={`${a} ${b}`}>
                <td>{a}</td>
                <td>{b}</td>
                <td className="n">{countText(cases)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
