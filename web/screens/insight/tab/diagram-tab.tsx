import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InsightAnswer } from '../../../../src/contract/insight/analysis.ts';
import type { InsightModelAnswer, Miner } from '../../../../src/contract/insight/models.ts';
import { insightModelQuery } from '../../../api/insight.ts';
import { Answer } from '../../../parts/ask.tsx';
import { Diagram } from '../../../parts/diagram/diagram.tsx';
import type { DiagramView, Marks } from '../../../parts/diagram/viewer.ts';
import { useSettings } from '../../../settings.ts';
import type { Stack, TabProps } from '../asked.ts';
import { countText, durationText, shareText } from '../figures.ts';
import { Player } from './player.tsx';

const miners = ['split', 'imf'] as const;
const noises = ['0', '0.1', '0.2', '0.4', '0.6', '0.8'] as const;

/** 模型: the BPMN model that the cases draw themselves, verified before it is shown. */
export function Tab({ answer, stack }: TabProps) {
  const algorithm: Miner = miners.find((each) => each === stack.choice('miner')) ?? 'split';
  const noise = noises.find((each) => each === stack.choice('noise')) ?? '';
  const found = useQuery(insightModelQuery(stack.asked, algorithm, noise));
  return (
    <section className="pane" aria-busy={found.isFetching}>
      <Choices stack={stack} algorithm={algorithm} noise={noise} />
      <Answer of={found}>
        {(model) => <Drawn key={model.xml} model={model} answer={answer} stack={stack} />}
      </Answer>
    </section>
  );
}

function Choices({ stack, algorithm, noise }: { stack: Stack; algorithm: Miner; noise: string }) {
  const { t } = useTranslation();
  return (
    <div className="filters">
      <label>
        {t('insight.miner')}
        <select
          className="field-box"
          value={algorithm}
          onChange={({ target }) => stack.choose('miner', target.value)}
        >
          {miners.map((each) => (
            <option key={each} value={each}>
              {t(`insightMiner.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('insight.noise')}
        <select
          className="field-box"
          value={noise}
          onChange={({ target }) => stack.choose('noise', target.value)}
        >
          <option value="">{t('insight.noiseUsual')}</option>
          {noises.map((each) => (
            <option key={each} value={each}>
              {shareText(Number(each))}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

type Measure = 'wait' | 'count';

function Drawn({
  model,
  answer,
  stack,
}: {
  model: InsightModelAnswer;
  answer: InsightAnswer;
  stack: Stack;
}) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const [measure, setMeasure] = useState<Measure>('wait');
  const [view, setView] = useState<DiagramView | null>(null);
  const marks = useMemo(
    () => marksOf(model, answer, measure, language),
    [model, answer, measure, language],
  );
  const activityOf = useMemo(
    () => new Map(model.elements.flatMap(({ activity, ids }) => ids.map((id) => [id, activity]))),
    [model],
  );
  return (
    <>
      <div className="filters">
        <fieldset className="measures" aria-label={t('insight.measure')}>
          {(['wait', 'count'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={measure === each}
              onClick={() => setMeasure(each)}
            >
              {t(`insightHeat.${each}`)}
            </button>
          ))}
        </fieldset>
        <span className="muted">
          {t(model.sound === true ? 'insight.sound' : 'insight.soundUnknown', {
            states: countText(model.states),
            size: countText(model.size),
            flow: countText(model.controlFlow),
          })}
        </span>
        <SaveModel xml={model.xml} name={`${stack.asked.process}-${model.algorithm}`} />
      </div>
      {model.notConcurrent.length > 0 && (
        <p className="muted">
          {t('insight.notConcurrent', {
            pairs: model.notConcurrent.map(([a, b]) => `${a} | ${b}`).join('; '),
          })}
        </p>
      )}
      <div className="insight-diagram">
        <Diagram
          xml={model.xml}
          marks={marks}
          onView={setView}
          onPick={(id) => {
            const activity = activityOf.get(id);
            if (activity !== undefined) stack.show(`with:${activity}`);
          }}
        />
      </div>
      <Player view={view} model={model} stack={stack} />
    </>
  );
}

function marksOf(
  model: InsightModelAnswer,
  answer: InsightAnswer,
  measure: Measure,
  language: 'zh-CN' | 'en',
): Marks {
  const byName = new Map(answer.activities.map((each) => [each.activity, each]));
  const most = {
    wait: Math.max(...answer.activities.map((each) => each.waitingShare), 1e-9),
    count: Math.max(...answer.activities.map((each) => each.instances), 1),
  };
  const each = model.elements.flatMap(({ activity, ids }) => {
    const figures = byName.get(activity);
    if (figures === undefined) return [];
    const [share, text] =
      measure === 'wait'
        ? [figures.waitingShare / most.wait, durationText(figures.meanWaitingSeconds, language)]
        : [figures.instances / most.count, `${countText(figures.instances)} ×`];
    return ids.map((element) => ({ element, share, text, kind: 'plain' as const }));
  });
  return { tokens: [], flowsTaken: [], heat: each, badges: each };
}

/** The model as a BPMN 2.0 file with its diagram. */
export function SaveModel({ xml, name }: { xml: string; name: string }) {
  const { t } = useTranslation();
  const save = () => {
    const address = URL.createObjectURL(new Blob([xml], { type: 'application/xml' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${name}.bpmn`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <button type="button" className="link" onClick={save}>
      {t('insight.saveModel')}
    </button>
  );
}
