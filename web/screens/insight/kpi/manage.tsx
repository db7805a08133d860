import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KpiIndicator } from '../../../../src/contract/insight/kpi.ts';
import { freezeBaseline, setTarget } from '../../../api/indicators.ts';
import { useBilingual } from '../../../frame/session.ts';
import { RefusalNotice } from '../../../parts/refusal.tsx';
import type { Stack } from '../asked.ts';
import { countedOf } from './comparison.tsx';

type Form = { readonly of: KpiIndicator; readonly stack: Stack; readonly onDone: () => void };

/** Freezes the present value with sample and filters; what is frozen is never changed. */
export function FreezeForm({ of, stack, onDone }: Form) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const freeze = useMutation({
    mutationFn: () =>
      freezeBaseline(stack.asked, { code: of.code, counted: countedOf(stack), note }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['insight', 'kpi'] });
      onDone();
    },
  });
  return (
    <div className="kpi-form">
      <p className="small">
        {t('kpi.freezeWhat', { value: of.value === null ? '' : ownText(of.value.text) })}
      </p>
      <label>
        {t('kpi.note')}
        <input
          className="field-box"
          value={note}
          maxLength={500}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <Button type="primary" disabled={freeze.isPending} onClick={() => freeze.mutate()}>
        {t('kpi.freeze')}
      </Button>
      {freeze.isError && <RefusalNotice error={freeze.error} />}
    </div>
  );
}

/** Sets what is to be reached by a date, as a change against the baseline in percent. */
export function TargetForm({ of, stack, onDone }: Form) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [percent, setPercent] = useState(of.better === 'lower' ? '-20' : '20');
  const [dueDate, setDueDate] = useState('');
  const [weight, setWeight] = useState('1');
  const change = Number(percent);
  const isReady =
    percent.trim() !== '' &&
    Number.isFinite(change) &&
    change >= -100 &&
    change <= 1000 &&
    /^\d{4}-\d{2}-\d{2}$/.test(dueDate) &&
    /^[1-9]\d{0,3}$/.test(weight);
  const set = useMutation({
    mutationFn: () =>
      setTarget({
        ...{ process: stack.asked.process, code: of.code, dueDate, weight: Number(weight) },
        baselineId: of.baseline?.id ?? '',
        target: { changePpm: Math.round(change * 10_000) },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['insight', 'kpi'] });
      onDone();
    },
  });
  return (
    <div className="kpi-form">
      <label>
        {t('kpi.change')}
        <input
          className="field-box"
          inputMode="decimal"
          value={percent}
          onChange={({ target }) => setPercent(target.value)}
        />
      </label>
      <label>
        {t('kpi.dueDate')}
        <input
          className="field-box"
          type="date"
          value={dueDate}
          onChange={({ target }) => setDueDate(target.value)}
        />
      </label>
      <label>
        {t('kpi.weight')}
        <input
          className="field-box"
          inputMode="numeric"
          value={weight}
          onChange={({ target }) => setWeight(target.value)}
        />
      </label>
      <Button type="primary" disabled={!isReady || set.isPending} onClick={() => set.mutate()}>
        {t('kpi.setTarget')}
      </Button>
      {set.isError && <RefusalNotice error={set.error} />}
    </div>
  );
}
