import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InsightPredictAnswer } from '../../../../src/contract/insight/predict.ts';
import { insightPredictQuery } from '../../../api/insight-working.ts';
import { Answer } from '../../../parts/ask.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { useSettings } from '../../../settings.ts';
import '../../../styles/insight-working.css';
import type { Stack, TabProps } from '../asked.ts';
import { CaseName } from '../case-name.tsx';
import { countText, durationText, shareText } from '../figures.ts';

type Part = { readonly predicted: InsightPredictAnswer; readonly stack: Stack };

/** 预测: how long the cases under way will take, who will be late, and how wrong that was. */
export function Tab({ stack }: TabProps) {
  const { t } = useTranslation();
  const limit = stack.choice('limit');
  const [text, setText] = useState(limit);
  const found = useQuery(insightPredictQuery(stack.asked, limit));
  return (
    <section className="pane" aria-busy={found.isFetching}>
      <h3>{t('insightPredict.title')}</h3>
      <p className="muted">{t('insightPredict.what')}</p>
      <form
        className="rule-form"
        onSubmit={(event) => {
          event.preventDefault();
          stack.choose('limit', Number(text) > 0 ? String(Number(text)) : '');
        }}
      >
        <label>
          {t('insightPredict.limit')}
          <input
            className="field-box"
            inputMode="decimal"
            size={8}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <Button htmlType="submit">{t('insightPredict.apply')}</Button>
      </form>
      <Answer of={found}>
        {(predicted) => (
          <>
            <Running predicted={predicted} stack={stack} />
            <HowWrong predicted={predicted} />
          </>
        )}
      </Answer>
    </section>
  );
}

function Running({ predicted, stack }: Part) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { running, runningInAll } = predicted;
  const long = (seconds: number) => durationText(seconds, language);
  if (running.length === 0) return <p>{t('insightPredict.noneRunning')}</p>;
  return (
    <>
      <h3>{t('insightPredict.running')}</h3>
      <p className="muted">
        {t('insightPredict.listed', {
          ...{ listed: countText(running.length), all: countText(runningInAll) },
        })}
      </p>
      <Scroll label={t('insightPredict.running')} className="dotted">
        <table>
          <thead>
            <tr>
              <th>{t('insight.case')}</th>
              <th>{t('insightPredict.last')}</th>
              <th className="n">{t('insightPredict.elapsed')}</th>
              <th className="n">{t('insightPredict.idle')}</th>
              <th className="n">{t('insightPredict.left')}</th>
              <th className="n">{t('insightPredict.between')}</th>
              <th className="n">{t('insightPredict.like')}</th>
              <th className="n">{t('insightPredict.chance')}</th>
              <th>{t('insightPredict.warning')}</th>
            </tr>
          </thead>
          <tbody>
            {running.map((each) => (
              <tr key={each.caseNumber}>
                <td className="nowrap">
                  <CaseName caseNumber={each.caseNumber} stack={stack} />
                </td>
                <td>{each.last}</td>
                <td className="n nowrap">{long(each.elapsedSeconds)}</td>
                <td className="n nowrap">{long(each.idleSeconds)}</td>
                <td className="n nowrap">
                  {each.left === null ? '—' : long(each.left.medianSeconds)}
                </td>
                <td className="n nowrap">
                  {each.left === null
                    ? '—'
                    : `${long(each.left.fromSeconds)} – ${long(each.left.toSeconds)}`}
                </td>
                <td className="n">{each.left === null ? 0 : countText(each.left.like)}</td>
                <td className="n">{each.chanceLate === null ? '—' : shareText(each.chanceLate)}</td>
                <td className="nowrap">
                  {each.warning === null ? '—' : t(`insightPredict.warnings.${each.warning}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

/** The error on the latest three in ten cases, beside naive answers. */
function HowWrong({ predicted }: Pick<Part, 'predicted'>) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { time, late, likenesses } = predicted;
  const long = (seconds: number) => durationText(seconds, language);
  const likes = likenesses.map((name) => t(`insightPredict.likeness.${name}`)).join(', ');
  return (
    <>
      <h3>{t('insightPredict.howWrong')}</h3>
      {time === null ? (
        <p>{t('insightPredict.notJudged')}</p>
      ) : (
        <ul className="findings">
          <li>
            {t('insightPredict.error', {
              ...{ cases: countText(time.cases), moments: countText(time.moments) },
              ...{ error: long(time.errorSeconds), mean: long(time.naiveMeanSeconds) },
              median: long(time.naiveMedianSeconds),
            })}
          </li>
          <li>{t('insightPredict.coverage', { coverage: shareText(time.coverage) })}</li>
          {late !== null && (
            <li>
              {t('insightPredict.late', {
                ...{ hits: countText(late.hits), moments: countText(late.moments) },
                ...{ auc: late.auc === null ? '—' : late.auc.toFixed(2) },
                ...{ brier: late.brier.toFixed(3), naive: late.naiveBrier.toFixed(3) },
              })}
            </li>
          )}
          <li>
            {likes === ''
              ? t('insightPredict.noLikeness')
              : t('insightPredict.likenesses', { likes })}
          </li>
        </ul>
      )}
    </>
  );
}
