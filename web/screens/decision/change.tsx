import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DecisionFile, DecisionFileAnswer } from '../../../src/contract/decisions.ts';
import { checkDecision, draftDecision } from '../../api/decisions.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { FindingText } from '../../parts/dmn/table.tsx';
import { Tables } from '../../parts/dmn/tables.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Status } from '../../parts/status.tsx';
import { Cases } from './cases.tsx';
import { daysBefore } from './days.ts';
import { type EditorHandle, EditorPane } from './editor-pane.tsx';
import { WhatIfReport } from './what-if.tsx';

/** 起草新版本: edit, check with the cases, see what it would have done, draft it for a day. */
export function Change({ answer, file }: { answer: DecisionFileAnswer; file: DecisionFile }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const editor = useRef<EditorHandle | null>(null);
  const key = useRef(idempotencyKey());
  const [cases, setCases] = useState(file.casesText);
  const [effectiveFrom, setEffectiveFrom] = useState(answer.day);
  const [note, setNote] = useState('');
  const { processId, fileName } = file;
  const text = async () => {
    const xml = (await editor.current?.text()) ?? file.xml;
    return { processId, fileName, xml, cases };
  };
  const check = useMutation({ mutationFn: async () => checkDecision(await text()) });
  const draft = useMutation({
    mutationFn: async () => {
      const whole = { ...(await text()), effectiveFrom, note };
      return draftDecision(whole, key.current);
    },
    onSuccess: () => {
      key.current = idempotencyKey();
      void client.invalidateQueries({ queryKey: ['decisions'] });
    },
    onError: () => {
      key.current = idempotencyKey();
    },
  });
  return (
    <section aria-label={t('dmnView.change')}>
      <p className="muted small">{t('dmn.changeWhy')}</p>
      <EditorPane xml={file.xml} handle={editor} />
      <div className="change-form">
        <label>
          {t('dmn.casesText')}
          <textarea value={cases} onChange={(event) => setCases(event.target.value)} />
        </label>
        <Button disabled={check.isPending} onClick={() => check.mutate()}>
          {t('dmn.check')}
        </Button>
        {check.isError && <RefusalNotice error={check.error} />}
      </div>
      {check.data !== undefined && <Checked file={check.data.file} day={answer.day} />}
      <div className="change-form">
        <label>
          {t('dmn.effectiveFrom')}
          <input value={effectiveFrom} onChange={(event) => setEffectiveFrom(event.target.value)} />
        </label>
        <label>
          {t('dmn.note')}
          <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </label>
        <Button type="primary" disabled={draft.isPending} onClick={() => draft.mutate()}>
          {t('dmn.draft')}
        </Button>
        {draft.isError && <RefusalNotice error={draft.error} />}
        {draft.data !== undefined && (
          <p role="status">
            <Status kind="second">{t('dmn.drafted', { version: draft.data.version })}</Status>{' '}
            <Link to={`?view=versions&to=${encodeURIComponent(draft.data.ref)}`}>
              {t('dmn.toVersion')}
            </Link>
          </p>
        )}
      </div>
    </section>
  );
}

/** What the checks and the cases say, and what the text would have done in a month. */
function Checked({ file, day }: { file: DecisionFile; day: string }) {
  const { t } = useTranslation();
  const { processId, fileName, findings, cases } = file;
  const failed = cases.filter((one) => !one.holds).length;
  return (
    <div className="checked" role="status">
      <div className="row wrap">
        <Status kind={findings.some((one) => one.severity === 'error') ? 'bad' : 'done'}>
          {findings.length === 0 ? t('dmn.sound') : t('dmn.findings', { count: findings.length })}
        </Status>
        <Status kind={failed === 0 ? 'done' : 'bad'}>
          {t('dmn.casesHold', { hold: cases.length - failed, cases: cases.length })}
        </Status>
      </div>
      <ul className="small findings">
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.rows.join()} ${finding.example}`}>
            <FindingText finding={finding} />
          </li>
        ))}
      </ul>
      <Tables file={file} />
      {failed > 0 && <Cases file={file} />}
      {file.decisions
        .filter((one) => one.box?.kind === 'table')
        .map((one) => (
          <section key={one.id} aria-label={`${t('dmnView.whatIf')} ${one.id}`}>
            <h2>
              {t('dmnView.whatIf')} · {one.id}
            </h2>
            <WhatIfReport
              asked={{
                ...{ processId, fileName, decision: one.id, ref: null, xml: file.xml },
                ...{ from: daysBefore(day, 31), to: day },
              }}
            />
          </section>
        ))}
    </div>
  );
}
