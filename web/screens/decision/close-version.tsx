import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecisionFileAnswer, DecisionVersion } from '../../../src/contract/decisions.ts';
import { closeVersion } from '../../api/decisions.ts';
import { useMay, useSession } from '../../frame/session.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { daysBefore } from './days.ts';
import { WhatIfReport } from './what-if.tsx';

/** What the second person sees before the word: what the change would have done in a month. */
export function CloseVersion(props: { answer: DecisionFileAnswer; version: DecisionVersion }) {
  const { answer, version } = props;
  const { t } = useTranslation();
  const { user } = useSession();
  const mayApprove = useMay('approve_decisions');
  const mayDraft = useMay('draft_decisions');
  const isDrafter = version.events[0]?.login === user.login;
  const { processId, fileName, decisions } = answer.file;
  return (
    <>
      {(mayApprove || mayDraft) &&
        decisions
          .filter((one) => one.box?.kind === 'table')
          .map((one) => (
            <section key={one.id} aria-label={`${t('dmnView.whatIf')} ${one.id}`}>
              <h2>
                {t('dmnView.whatIf')} · {one.id}
              </h2>
              <WhatIfReport
                asked={{
                  ...{ processId, fileName, decision: one.id, ref: version.ref, xml: null },
                  ...{ from: daysBefore(answer.day, 31), to: answer.day },
                }}
              />
            </section>
          ))}
      {mayApprove && !isDrafter && <Word version={version} kinds={['approved', 'refused']} />}
      {isDrafter && (
        <>
          <p className="muted small">{t('dmn.fourEyes')}</p>
          <Word version={version} kinds={['withdrawn']} />
        </>
      )}
    </>
  );
}

type Kind = 'approved' | 'refused' | 'withdrawn';

function Word({ version, kinds }: { version: DecisionVersion; kinds: readonly Kind[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const close = useMutation({
    mutationFn: (kind: Kind) => closeVersion(version.ref, { kind, reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['decisions'] }),
  });
  return (
    <div className="change-form">
      <label>
        {t('dmn.reason')}
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
      <div className="row wrap">
        {kinds.map((kind) => (
          <Button
            key={kind}
            type={kind === 'approved' ? 'primary' : 'default'}
            disabled={close.isPending}
            onClick={() => close.mutate(kind)}
          >
            {t(`versionAct.${kind}`, { day: version.effectiveFrom })}
          </Button>
        ))}
      </div>
      {close.isError && <RefusalNotice error={close.error} />}
    </div>
  );
}
