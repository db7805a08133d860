import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiCasesAnswer, KpiIndicator } from '../../../../src/contract/insight/kpi.ts';
import { kpiCasesQuery, raiseObjection } from '../../../api/indicators.ts';
import { useBilingual } from '../../../frame/session.ts';
import { Answer } from '../../../parts/ask.tsx';
import { RefusalNotice } from '../../../parts/refusal.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { instantOf } from '../../../parts/time.ts';
import { useSettings } from '../../../settings.ts';
import type { Stack } from '../asked.ts';
import { countText, durationText } from '../figures.ts';
import { countedOf } from './comparison.tsx';

/** The cases behind an indicator's figure, each a door; a unit may object to one of them. */
export function KpiCasesBehind({ of, stack }: { of: KpiIndicator; stack: Stack }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const head = useRef<HTMLHeadingElement>(null);
  const [objecting, setObjecting] = useState<string | null>(null);
  const found = useQuery(kpiCasesQuery(stack.asked, countedOf(stack), of.code));
  useEffect(() => head.current?.focus(), []);
  return (
    <section>
      <div className="filters">
        <h3 ref={head} tabIndex={-1}>
          {t('kpi.behind', { indicator: ownText(of.name) })}
        </h3>
        {found.data !== undefined && (
          <span className="muted">
            {t('insight.listed', {
              shown: countText(found.data.cases.length),
              total: countText(found.data.total),
            })}
          </span>
        )}
        <button type="button" className="link" onClick={() => stack.choose('kpi', '')}>
          {t('insight.close')}
        </button>
      </div>
      <Answer of={found}>
        {({ cases }) => <CaseTable cases={cases} onObject={setObjecting} />}
      </Answer>
      {objecting !== null && (
        <ObjectionForm
          key={objecting}
          {...{ code: of.code, caseNumber: objecting, stack }}
          onDone={() => setObjecting(null)}
        />
      )}
    </section>
  );
}

function CaseTable({
  cases,
  onObject,
}: {
  cases: KpiCasesAnswer['cases'];
  onObject: (caseNumber: string) => void;
}) {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <Scroll label={t('insight.caseList')} className="cases-behind">
      <table>
        <thead>
          <tr>
            <th>{t('insight.case')}</th>
            <th>{t('kpi.unit')}</th>
            <th>{t('insight.begun')}</th>
            <th>{t('insight.ended')}</th>
            <th className="n">{t('insight.took')}</th>
            <th>{t('kpi.object')}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((each) => (
            <tr key={each.caseNumber}>
              <td>
                <Link to={`/cases/${each.caseNumber}`}>{each.caseNumber}</Link>
              </td>
              <td>{each.unitCode ?? '—'}</td>
              <td className="nowrap">{instantOf(Date.parse(each.from))}</td>
              <td className="nowrap">{instantOf(Date.parse(each.to))}</td>
              <td className="n">{durationText(each.durationSeconds, language)}</td>
              <td>
                {each.unitCode !== null && (
                  <button
                    type="button"
                    className="link"
                    aria-label={t('kpi.objectTo', { caseNumber: each.caseNumber })}
                    onClick={() => onObject(each.caseNumber)}
                  >
                    {t('kpi.object')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function ObjectionForm({
  code,
  caseNumber,
  stack,
  onDone,
}: {
  code: string;
  caseNumber: string;
  stack: Stack;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const raise = useMutation({
    mutationFn: () =>
      raiseObjection({
        ...{ process: stack.asked.process, code, caseNumber, reason: reason.trim() },
        counted: countedOf(stack),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['insight', 'kpi'] });
      onDone();
    },
  });
  return (
    <div className="kpi-form">
      <label>
        {t('kpi.objectTo', { caseNumber })}
        <textarea
          className="field-box"
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <Button
        type="primary"
        disabled={reason.trim() === '' || raise.isPending}
        onClick={() => raise.mutate()}
      >
        {t('kpi.object')}
      </Button>
      {raise.isError && <RefusalNotice error={raise.error} />}
    </div>
  );
}
