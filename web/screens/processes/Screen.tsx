import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { processShape } from '../../../src/contract/processes.ts';
import { processesQuery } from '../../api/queries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay, useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Scroll } from '../../parts/scroll.tsx';

type Process = z.infer<typeof processShape>;

/** 流程目录: every process of the bank in its newest version. */
export function Screen() {
  const { t } = useTranslation();
  const processes = useQuery(processesQuery);
  const mayDecisions = useMay('view_decisions');
  usePageTitle(t('page.catalogue'));
  return (
    <>
      <div className="head">
        <h1>{t('page.catalogue')}</h1>
        <span className="spread" />
        {mayDecisions && <Link to="/decisions">{t('page.decisions')}</Link>}
        <Link to="/products">{t('page.products')}</Link>
        <Link to="/cases">{t('page.cases')}</Link>
      </div>
      <Scroll className="pane scroll-x" label={t('page.catalogue')}>
        <Answer of={processes}>{(answer) => <Catalogue processes={answer.processes} />}</Answer>
      </Scroll>
    </>
  );
}

function Catalogue({ processes }: { processes: readonly Process[] }) {
  const { t, i18n } = useTranslation();
  const name = useName();
  const order = [...processes].sort((a, b) =>
    (a.catalogue ?? '~').localeCompare(b.catalogue ?? '~'),
  );
  const line = (of: string) => (i18n.exists(`line.${of}`) ? t(`line.${of}`) : of);
  return (
    <table>
      <thead>
        <tr>
          <th>{t('catalogue.number')}</th>
          <th>{t('catalogue.name')}</th>
          <th>{t('catalogue.line')}</th>
          <th className="n">{t('catalogue.version')}</th>
          <th>{t('catalogue.hash')}</th>
          <th>{t('catalogue.cases')}</th>
        </tr>
      </thead>
      <tbody>
        {order.map((process) => (
          <tr key={process.processId}>
            <td>{process.catalogue ?? '–'}</td>
            <td>
              <Link to={`/processes/${process.processId}`}>{name(process)}</Link>
            </td>
            <td>{process.line === null ? '–' : line(process.line)}</td>
            <td className="n">{process.version}</td>
            <td className="mono" title={process.hash}>
              {process.hash.slice(0, 10)}
            </td>
            <td>
              <Link to={`/cases?process=${process.processId}`}>{t('catalogue.toCases')}</Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
