import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../../src/contract/tasks.ts';
import { caseQuery } from '../../api/queries.ts';
import { Answer } from '../../parts/ask.tsx';
import { CaseDiagram } from '../../parts/diagram/case-diagram.tsx';
import { Papers } from '../../parts/papers.tsx';
import { Scroll } from '../../parts/scroll.tsx';

/** The middle of a task: the papers of the case, or on D its diagram. */
export function PapersPane({
  caseNumber,
  task,
  shown,
  onShow,
}: {
  caseNumber: string;
  task: Task;
  shown: 'papers' | 'diagram';
  onShow: (shown: 'papers' | 'diagram') => void;
}) {
  const { t } = useTranslation();
  const found = useQuery(caseQuery(caseNumber));
  return (
    <>
      <div className="views" role="tablist" aria-label={t('task.papers')}>
        {(['papers', 'diagram'] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === shown}
            onClick={() => onShow(one)}
          >
            {t(`task.${one}`)}
            {one === 'diagram' && <kbd className="after">D</kbd>}
          </button>
        ))}
      </div>
      {shown === 'diagram' ? (
        <CaseDiagram caseNumber={caseNumber} processId={task.processId} />
      ) : (
        <>
          <Scroll className="pane-body" label={t('task.papers')}>
            <Answer of={found}>
              {({ values }) => <Papers caseNumber={caseNumber} values={values} />}
            </Answer>
          </Scroll>
          <div className="strip">
            <CaseDiagram caseNumber={caseNumber} processId={task.processId} bare />
          </div>
        </>
      )}
    </>
  );
}
