import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TaskDetailAnswer } from '../../../src/contract/tasks.ts';
import { historyQuery } from '../../api/queries.ts';
import { Answer } from '../../parts/ask.tsx';
import { Facts } from '../../parts/facts.tsx';
import { choiceLabel, consequenceOf, decisionOf, type FormFile } from '../../parts/form/schema.ts';
import { History } from '../../parts/history.tsx';
import { useSettings } from '../../settings.ts';

/** What a person must know before deciding: the facts, the way so far, where each answer leads. */
export function FactsPane({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const history = useQuery(historyQuery(detail.task.caseNumber));
  return (
    <>
      {detail.documentation !== null && (
        <>
          <h2>{t('task.whatToDo')}</h2>
          <p className="small">{detail.documentation}</p>
        </>
      )}
      <h2>{t('task.facts')}</h2>
      <Facts values={detail.values} />
      <h2>{t('task.history')}</h2>
      <Answer of={history}>{({ lines }) => <History lines={lines} />}</Answer>
      <NextSteps form={detail.form as FormFile | null} />
    </>
  );
}

/** Where each decision leads, as the form says it. */
function NextSteps({ form }: { form: FormFile | null }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const choices = form === null ? undefined : decisionOf(form)?.values;
  const leading = (choices ?? []).filter((choice) => choice.consequence !== undefined);
  if (leading.length === 0) return null;
  return (
    <>
      <h2>{t('task.next')}</h2>
      <div className="next-steps">
        {leading.map((choice) => (
          <div key={choice.value}>
            {choiceLabel(choice, language)} → {consequenceOf(choice, language)}
          </div>
        ))}
      </div>
    </>
  );
}
