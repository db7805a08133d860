import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { z } from 'zod';
import { present } from '../../../src/base/assert.ts';
import type { processAnswer } from '../../../src/contract/processes.ts';
import { startCase } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { processQuery } from '../../api/queries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Diagram } from '../../parts/diagram/diagram.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Versions } from './versions.tsx';

/** One process: its diagram, the same in words, and starting a case of it. */
export function Screen() {
  const processId = present(useParams()['processId'], 'a process in the address');
  const found = useQuery(processQuery(processId));
  return <Answer of={found}>{(data) => <ProcessPage {...data} />}</Answer>;
}

function ProcessPage({ process, xml, versions }: z.infer<typeof processAnswer>) {
  const { t } = useTranslation();
  const name = useName();
  const navigate = useNavigate();
  const key = useRef(idempotencyKey());
  usePageTitle(name(process));
  const start = useMutation({
    mutationFn: () => startCase(process.processId, {}, key.current),
    onSuccess: ({ caseNumber }) => void navigate(`/cases/${caseNumber}`),
  });
  return (
    <>
      <div className="head">
        <h1>{name(process)}</h1>
        <div className="facts-line">
          <span>
            {t('catalogue.number')}
            <b>{process.catalogue ?? '–'}</b>
          </span>
          <span>
            {t('catalogue.version')}
            <b title={process.hash}>{process.version}</b>
          </span>
          <span>
            {t('catalogue.cases')}
            <Link to={`/cases?process=${process.processId}`}>{t('catalogue.toCases')}</Link>
          </span>
        </div>
        <span className="spread" />
        {process.mayStart && (
          <Button type="primary" disabled={start.isPending} onClick={() => start.mutate()}>
            {t('catalogue.start')}
          </Button>
        )}
      </div>
      {start.isError && <RefusalNotice error={start.error} />}
      <div className="panes">
        <section className="pane grow column" aria-label={t('diagram.label')}>
          <Diagram xml={xml} />
        </section>
      </div>
      <details className="pane">
        <summary>{t('versions.title')}</summary>
        <Versions processId={process.processId} versions={versions} />
      </details>
    </>
  );
}
