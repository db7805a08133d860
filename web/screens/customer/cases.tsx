import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseSummary } from '../../../src/contract/cases.ts';
import { casesQuery } from '../../api/queries.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { instanceStatusKind, outcomeText } from '../../parts/labels.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf, shortInstantOf } from '../../parts/time.ts';

const rowsMax = 50;

/** A customer's cases within the reader's scope, the newest first. */
export function CustomerCases({ customerNumber }: { customerNumber: string }) {
  const { t } = useTranslation();
  const cases = useQuery(casesQuery({ customerNumber, limit: rowsMax }));
  return (
    <section className="pane" aria-label={t('customers.cases')}>
      <h2>{t('customers.cases')}</h2>
      <Answer of={cases}>
        {(answer) =>
          answer.total === 0 ? (
            <p className="muted">{t('customers.noCases')}</p>
          ) : (
            <>
              <Table cases={answer.cases} />
              {answer.total > answer.cases.length && (
                <p className="muted small">{t('list.shown', { count: answer.cases.length })}</p>
              )}
            </>
          )
        }
      </Answer>
    </section>
  );
}

function Table({ cases }: { cases: readonly CaseSummary[] }) {
  const { t } = useTranslation();
  const name = useName();
  return (
    <Scroll label={t('customers.cases')}>
      <table>
        <thead>
          <tr>
            <th>{t('task.status')}</th>
            <th>{t('task.case')}</th>
            <th>{t('case.process')}</th>
            <th>{t('case.outcome')}</th>
            <th>{t('task.unit')}</th>
            <th>{t('case.startedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.caseNumber}>
              <td>
                <Status kind={instanceStatusKind[one.status]}>
                  {t(`instanceStatus.${one.status}`)}
                </Status>
              </td>
              <td className="nowrap">
                <Link to={`/cases/${one.caseNumber}`}>{one.caseNumber}</Link>
              </td>
              <td>{name({ name: one.processName, nameEn: one.processNameEn })}</td>
              <td>{one.outcome === null ? '–' : outcomeText(one.outcome)}</td>
              <td>{one.unitId ?? '–'}</td>
              <td className="nowrap" title={instantOf(one.startedAt)}>
                {shortInstantOf(one.startedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
