import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { InsightRulesAnswer } from '../../../../src/contract/insight/rules.ts';
import { insightRulesQuery } from '../../../api/insight-working.ts';
import { Answer } from '../../../parts/ask.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { instantOf } from '../../../parts/time.ts';
import '../../../styles/insight-working.css';
import type { Stack, TabProps } from '../asked.ts';
import { CaseName } from '../case-name.tsx';
import { countText, shareText } from '../figures.ts';
import { RuleForm, type RuleText } from './rule-form.tsx';

/** 规则: rules the reader sets, held against every case; they stand in the address. */
export function Tab({ answer, stack }: TabProps) {
  const { t } = useTranslation();
  const rules = rulesIn(stack.choice('rules'));
  const working = stack.choice('hours') === 'working';
  const set = (next: readonly RuleText[]) =>
    stack.choose('rules', next.length === 0 ? '' : JSON.stringify(next));
  const found = useQuery({
    ...insightRulesQuery(
      stack.asked,
      rules.map((rule) => JSON.stringify(rule)),
      working,
    ),
    enabled: rules.length > 0,
  });
  const activities = answer.activities.map(({ activity }) => activity);
  return (
    <section className="pane" aria-busy={found.isFetching}>
      <h3>{t('insightRules.title')}</h3>
      <p className="muted">{t('insightRules.what')}</p>
      <RuleForm
        key={activities.join('|')}
        activities={activities}
        taken={rules.map(({ id }) => id)}
        add={(rule) => set([...rules, rule])}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={working}
          onChange={({ target }) => stack.choose('hours', target.checked ? 'working' : '')}
        />{' '}
        {t('insightRules.working')}
      </label>
      {rules.length === 0 ? (
        <p>{t('insightRules.none')}</p>
      ) : (
        <Answer of={found}>
          {(checked) => (
            <Results
              checked={checked}
              stack={stack}
              remove={(id) => set(rules.filter((rule) => rule.id !== id))}
            />
          )}
        </Answer>
      )}
    </section>
  );
}

/** The rules of the address; what is no list of rules counts as none. */
function rulesIn(text: string): readonly RuleText[] {
  try {
    const list: unknown = text === '' ? [] : JSON.parse(text);
    return Array.isArray(list) ? list.slice(0, 20) : [];
  } catch {
    return [];
  }
}

function Results({
  checked,
  stack,
  remove,
}: {
  checked: InsightRulesAnswer;
  stack: Stack;
  remove: (id: string) => void;
}) {
  const { t } = useTranslation();
  return checked.rules.map((rule) => {
    const { kept, broken, open, not_told: untold } = rule.counts;
    const judged = kept + broken;
    return (
      <div className="rule-result" key={rule.id}>
        <div className="row wrap">
          <b>{rule.id}</b>
          <button type="button" className="link spread" onClick={() => remove(rule.id)}>
            {t('insightRules.remove')}
          </button>
        </div>
        <p>
          {t('insightRules.counts', {
            ...{ kept: countText(kept), broken: countText(broken), open: countText(open) },
            ...{ untold: countText(untold), share: shareText(judged > 0 ? broken / judged : 0) },
          })}
        </p>
        {rule.unknownActivities.map((activity) => (
          <p className="muted" key={activity}>
            {t('insightRules.unknown', { activity })}
          </p>
        ))}
        {rule.broken.length > 0 && <Broken rule={rule} stack={stack} />}
      </div>
    );
  });
}

function Broken({ rule, stack }: { rule: InsightRulesAnswer['rules'][number]; stack: Stack }) {
  const { t } = useTranslation();
  const { broken, counts } = rule;
  return (
    <details open={broken.length <= 5}>
      <summary>
        {t('insightRules.listed', {
          ...{ listed: countText(broken.length), all: countText(counts.broken) },
        })}
      </summary>
      <Scroll label={t('insightRules.brokenBy', { rule: rule.id })} className="dotted">
        <table>
          <thead>
            <tr>
              <th>{t('insight.case')}</th>
              <th className="n">{t('insightRules.found')}</th>
              <th>{t('insightRules.who')}</th>
              <th>{t('insightRules.evidence')}</th>
            </tr>
          </thead>
          <tbody>
            {broken.map((each) => (
              <tr key={each.caseNumber}>
                <td className="nowrap">
                  <CaseName caseNumber={each.caseNumber} stack={stack} />
                </td>
                <td className="n">{each.found ?? '—'}</td>
                <td>{each.resource ?? '—'}</td>
                <td>
                  {each.work
                    .map(({ activity, start }) => `${activity} ${instantOf(Date.parse(start))}`)
                    .join(' → ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
