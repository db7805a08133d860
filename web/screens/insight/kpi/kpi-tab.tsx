import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { KpiAnswer, KpiIndicator } from '../../../../src/contract/insight/kpi.ts';
import { kpiQuery } from '../../../api/indicators.ts';
import { Answer } from '../../../parts/ask.tsx';
import '../../../styles/indicators.css';
import type { Stack, TabProps } from '../asked.ts';
import { countText, shareText } from '../figures.ts';
import { Meanings } from '../term.tsx';
import { KpiCasesBehind } from './behind.tsx';
import { Comparison, countedOf, useBefore } from './comparison.tsx';
import { Objections } from './objections.tsx';
import { Parts } from './parts.tsx';
import { Tile } from './tile.tsx';

/** 指标: each with its value, light, baseline and target, over the cases of the stack. */
export function Tab({ stack }: TabProps) {
  const { t } = useTranslation();
  const before = useBefore(stack);
  const counted = countedOf(stack);
  const found = useQuery(kpiQuery(stack.asked, counted, before));
  return (
    <section className="pane" aria-busy={found.isFetching}>
      <label>
        {t('kpi.counted')}{' '}
        <select
          className="field-box"
          value={counted}
          onChange={({ target }) => stack.choose('counted', target.value)}
        >
          <option value="ended">{t('kpi.countedEnded')}</option>
          <option value="all">{t('kpi.countedAll')}</option>
        </select>
      </label>
      <Answer of={found}>{(answer) => <Indicators answer={answer} stack={stack} />}</Answer>
    </section>
  );
}

const groups = ['time', 'quality', 'cost', 'risk', 'satisfaction'] as const;

function Indicators({ answer, stack }: { answer: KpiAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const chosen = stack.choice('kpi');
  const behind = answer.indicators.find(({ code }) => code === chosen);
  return (
    <Meanings definitions={definitionsOf(answer.indicators)}>
      <Head answer={answer} />
      {groups.map((group) => (
        <section key={group} className="kpi-group" aria-label={t(`kpiGroup.${group}`)}>
          <h3>{t(`kpiGroup.${group}`)}</h3>
          <div className="kpi-grid">
            {answer.indicators
              .filter((each) => each.group === group)
              .map((each) => (
                <Tile key={each.code} of={each} stack={stack} mayManage={answer.mayManage} />
              ))}
          </div>
        </section>
      ))}
      {behind !== undefined && <KpiCasesBehind key={chosen} of={behind} stack={stack} />}
      <Comparison answer={answer} stack={stack} />
      <Parts answer={answer} by="months" />
      <Parts answer={answer} by="units" />
      <Objections answer={answer} stack={stack} />
    </Meanings>
  );
}

function Head({ answer }: { answer: KpiAnswer }) {
  const { t } = useTranslation();
  const { cases, unended, calendar, scoreHundredths, weighedPpm } = answer;
  return (
    <>
      <p>
        {t('kpi.sample', {
          cases: countText(cases),
          from: answer.from.slice(0, 10),
          to: answer.to.slice(0, 10),
        })}
        {unended > 0 && ` ${t('kpi.unended', { cases: countText(unended) })}`}
        {calendar !== null && ` ${t('kpi.calendar', { calendar })}`}
      </p>
      {scoreHundredths !== null && (
        <p>
          <b>{t('kpi.score', { score: (scoreHundredths / 100).toFixed(1) })}</b>{' '}
          <span className="muted">
            {t('kpi.scoreRule', { weighed: shareText(weighedPpm / 1_000_000) })}
          </span>
        </p>
      )}
      <p className="muted small">{t('kpi.lightRule')}</p>
    </>
  );
}

/** Definition, formula and sample of each indicator, for whoever points at its name. */
function definitionsOf(all: readonly KpiIndicator[]) {
  const joined = (of: KpiIndicator, language: 'zh-CN' | 'en') =>
    [of.definition, of.formula, of.sample].map((each) => each[language]).join(' · ');
  return Object.fromEntries(
    all.map((each) => [
      each.code,
      {
        term: each.name,
        text: { 'zh-CN': joined(each, 'zh-CN'), en: joined(each, 'en') },
      },
    ]),
  );
}
