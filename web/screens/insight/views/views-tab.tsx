import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewsAnswer } from '../../../../src/contract/insight/views.ts';
import { viewsQuery } from '../../../api/indicators.ts';
import { Answer } from '../../../parts/ask.tsx';
import '../../../styles/indicators.css';
import type { Stack, TabProps } from '../asked.ts';
import { BlueprintView } from './blueprint.tsx';
import { ApprovalsView, ChartView, RepeatedView, StepsView, WarningsView } from './lists.tsx';
import { CrudView, RaciView } from './matrices.tsx';

const views = {
  steps: StepsView,
  chart: ChartView,
  blueprint: BlueprintView,
  crud: CrudView,
  raci: RaciView,
  approvals: ApprovalsView,
  repeated: RepeatedView,
  warnings: WarningsView,
} as const satisfies Readonly<Record<string, ComponentType<{ of: ViewsAnswer }>>>;
type View = keyof typeof views;
const order = Object.keys(views) as readonly View[];

/** 视图: the process as a requirement paper asks for it, one view at a time. */
export function Tab({ stack }: TabProps) {
  const found = useQuery(viewsQuery(stack.asked));
  return (
    <section className="pane" aria-busy={found.isFetching}>
      <Answer of={found}>{(answer) => <Views of={answer} stack={stack} />}</Answer>
    </section>
  );
}

function Views({ of, stack }: { of: ViewsAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const open = order.find((each) => each === stack.choice('view')) ?? 'steps';
  const View = views[open];
  return (
    <>
      <fieldset className="measures view-choice" aria-label={t('views.choose')}>
        {order.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === open}
            onClick={() => stack.choose('view', each)}
          >
            {t(`view.${each}`)}
          </button>
        ))}
      </fieldset>
      <p className="muted small">{t(`viewRule.${open}`)}</p>
      <View of={of} />
    </>
  );
}
