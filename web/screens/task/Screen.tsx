import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { TaskDetailAnswer } from '../../../src/contract/tasks.ts';
import { taskQuery } from '../../api/queries.ts';
import { useKeys } from '../../frame/keys.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useBilingual, useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Due } from '../../parts/due.tsx';
import { CustomerLink } from '../../parts/facts.tsx';
import { taskStatusKind } from '../../parts/labels.ts';
import { Amount } from '../../parts/money.tsx';
import { PaneBar, paneWidth, usePaneWidth } from '../../parts/pane-bar.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { TaskMarks, TaskWords } from '../../parts/task-marks.tsx';
import { FactsPane } from './facts-pane.tsx';
import { FormPane } from './form-pane.tsx';
import { PapersPane } from './papers-pane.tsx';

/** One task: facts and history, papers or the diagram, and the form that ends it. */
export function Screen() {
  const id = present(useParams()['id'], 'a task in the address');
  const detail = useQuery(taskQuery(id));
  return <Answer of={detail}>{(data) => <TaskPage key={id} detail={data} />}</Answer>;
}

function TaskPage({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const name = useName();
  const { task } = detail;
  const [left, setLeft] = usePaneWidth('task.facts', 320);
  const [right, setRight] = usePaneWidth('task.form', 380);
  const [shown, setShown] = useState<'papers' | 'diagram'>('papers');
  usePageTitle(`${name(task)} · ${task.caseNumber}`);
  useKeys([
    {
      key: 'd',
      label: 'keys.diagram',
      act: () => setShown(shown === 'diagram' ? 'papers' : 'diagram'),
    },
  ]);
  return (
    <>
      <TaskHead detail={detail} />
      <TaskWords task={task} />
      <div className="panes">
        <Scroll className="pane sized" style={paneWidth(left)} label={t('task.facts')}>
          <FactsPane detail={detail} />
        </Scroll>
        <PaneBar width={left} onWidth={setLeft} grows="left" label={t('task.facts')} />
        <section className="pane grow column" aria-label={t('task.papers')}>
          <PapersPane caseNumber={task.caseNumber} task={task} shown={shown} onShow={setShown} />
        </section>
        <PaneBar width={right} onWidth={setRight} grows="right" label={t('task.form')} />
        <section className="pane column sized" style={paneWidth(right)} aria-label={t('task.form')}>
          <FormPane detail={detail} />
        </section>
      </div>
    </>
  );
}

/** Name, state and time left; the five facts that matter; why it is mine. */
function TaskHead({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const name = useName();
  const say = useBilingual();
  const { task, values, reason } = detail;
  const amountMinor = values['amountMinor'];
  return (
    <div className="head">
      <h1>{name(task)}</h1>
      <Status kind={taskStatusKind[task.status]}>{t(`taskStatus.${task.status}`)}</Status>
      {task.dueAt !== null && <Due dueAt={task.dueAt} />}
      <TaskMarks task={task} />
      <div className="facts-line">
        <span>
          {t('task.case')}
          <Link to={`/cases/${task.caseNumber}`}>{task.caseNumber}</Link>
        </span>
        {typeof values['customerNumber'] === 'string' && (
          <span>
            {t('value.applicant')}
            <b>
              <CustomerLink customerNumber={values['customerNumber']} />
            </b>
          </span>
        )}
        {typeof amountMinor === 'string' && (
          <span>
            {t('value.amountMinor')}
            <b>
              <Amount minor={amountMinor} currency="CNY" withCurrency />
            </b>
          </span>
        )}
        <span>
          {t('task.why')}
          <b>
            {task.atCounter === true ? t('counter.forCustomer') : say(reason.roleName)}
            {reason.unitId === null ? '' : ` · ${reason.unitId}`}
          </b>
        </span>
      </div>
    </div>
  );
}
