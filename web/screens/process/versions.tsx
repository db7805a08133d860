import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { processChangesAnswer, processVersionShape } from '../../../src/contract/processes.ts';
import { processChangesQuery } from '../../api/queries.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { instantOf } from '../../parts/time.ts';

type Version = z.infer<typeof processVersionShape>;
type Change = z.infer<typeof processChangesAnswer>['changes'][number];

/** The versions of a process, and what one of them changed against the one before. */
export function Versions({
  processId,
  versions,
}: {
  processId: string;
  versions: readonly Version[];
}) {
  const { t } = useTranslation();
  const [shown, show] = useState<number | null>(null);
  return (
    <Scroll className="scroll-x" style={{ maxHeight: '40vh' }} label={t('versions.title')}>
      <table>
        <thead>
          <tr>
            <th className="n">{t('catalogue.version')}</th>
            <th>{t('versions.deployed')}</th>
            <th>{t('versions.by')}</th>
            <th>{t('versions.waiver')}</th>
            <th>{t('versions.changes')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, deployedAt, deployedLogin, waiver }) => (
            <tr key={version}>
              <td className="n">{version}</td>
              <td>{instantOf(deployedAt)}</td>
              <td>{deployedLogin}</td>
              <td>{waiver === null ? '–' : `${waiver.person}: ${waiver.reason}`}</td>
              <td>
                {version === 1 ? (
                  '–'
                ) : (
                  <Button
                    size="small"
                    aria-expanded={shown === version}
                    aria-label={t('versions.against', { version, before: version - 1 })}
                    onClick={() => show(shown === version ? null : version)}
                  >
                    {t('versions.show')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== null && <Changes processId={processId} after={shown} />}
    </Scroll>
  );
}

function Changes({ processId, after }: { processId: string; after: number }) {
  const { t } = useTranslation();
  const found = useQuery(processChangesQuery(processId, after));
  return (
    <Answer of={found}>
      {({ changes }) =>
        changes.length === 0 ? (
          <p className="muted" role="status">
            {t('versions.none')}
          </p>
        ) : (
          <ChangeTable after={after} changes={changes} />
        )
      }
    </Answer>
  );
}

function ChangeTable({ after, changes }: { after: number; changes: readonly Change[] }) {
  const { t } = useTranslation();
  const nameOf = useName();
  return (
    <table>
      <caption>{t('versions.against', { version: after, before: after - 1 })}</caption>
      <thead>
        <tr>
          <th>{t('versions.kind')}</th>
          <th>{t('versions.element')}</th>
          <th>{t('versions.what')}</th>
          <th>{t('versions.was')}</th>
          <th>{t('versions.is')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const { element, kind, what, was, is, name, nameEn } = change;
          const called = name === null ? '' : nameOf({ name, nameEn: nameEn ?? name });
          return (
            <tr key={`${kind} ${element} ${what}`}>
              <td>{t(`versionChange.${kind}`)}</td>
              <td>
                {called} <span className="mono">{element}</span>
              </td>
              <td>{what ?? '–'}</td>
              <td>{was ?? '–'}</td>
              <td>{is ?? '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
