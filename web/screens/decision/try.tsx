import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { DecisionFile, DecisionInput } from '../../../src/contract/decisions.ts';
import { tryDecision } from '../../api/decisions.ts';
import { useBilingual, useName } from '../../frame/session.ts';
import { headText } from '../../parts/dmn/readable.ts';
import { Tables } from '../../parts/dmn/tables.tsx';
import { amountText } from '../../parts/money.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { jsonOfTyped, neededInputs } from './inputs.ts';

/** What a decision says to inputs of one's own: the answer, the rows that gave it, and why not. */
export function Try({ file, day: today }: { file: DecisionFile; day: string }) {
  const { t } = useTranslation();
  const name = useName();
  const [search] = useSearchParams();
  const wanted = search.get('decision');
  const first = file.decisions.find((one) => one.id === wanted) ?? file.decisions.at(-1);
  const [decision, setDecision] = useState(first?.id ?? '');
  const [day, setDay] = useState(today);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { processId, fileName } = file;
  const isInForce = search.get('ref') === null;
  const run = useMutation({
    mutationFn: () =>
      tryDecision(
        { processId, fileName, decision, day, ref: isInForce ? null : file.ref },
        jsonOfTyped(neededInputs(file, decision), typed),
      ),
  });
  const set = (input: string, value: string) => {
    setTyped({ ...typed, [input]: value });
    run.reset();
  };
  return (
    <section aria-label={t('dmnView.try')}>
      <div className="try-form">
        <label>
          {t('dmn.decision')}
          <select value={decision} onChange={(event) => setDecision(event.target.value)}>
            {file.decisions.map((one) => (
              <option key={one.id} value={one.id}>
                {name(one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('dmn.onDay')}
          <input
            value={day}
            placeholder="2026-11-21"
            onChange={(event) => {
              setDay(event.target.value);
              run.reset();
            }}
          />
        </label>
        {neededInputs(file, decision).map((input) => (
          <Field
            key={input.id}
            input={input}
            value={typed[input.name] ?? ''}
            onChange={(value) => set(input.name, value)}
          />
        ))}
      </div>
      <Button type="primary" disabled={run.isPending} onClick={() => run.mutate()}>
        {t('dmn.decide')}
      </Button>
      {run.isError && <RefusalNotice error={run.error} />}
      {run.data !== undefined && <Said file={file} said={run.data} />}
    </section>
  );
}

type FieldProps = { input: DecisionInput; value: string; onChange: (value: string) => void };

function Field({ input, value, onChange }: FieldProps) {
  const { t, i18n } = useTranslation();
  const list = useId();
  const label = i18n.exists(`value.${input.name}`)
    ? t(`value.${input.name}`)
    : headText(input.label, i18n.language);
  const inFen = input.name.endsWith('Minor') && /^-?\d{1,18}$/.test(value);
  const own = { id: useId(), value };
  const changed = (event: { target: { value: string } }) => onChange(event.target.value);
  return (
    <div className="field">
      <label htmlFor={own.id}>
        <span>
          {label} <span className="muted mono">{input.name}</span>
        </span>
      </label>
      {input.type === 'boolean' ? (
        <select {...own} onChange={changed}>
          <option value="">–</option>
          <option value="true">{t('value.yes')}</option>
          <option value="false">{t('value.no')}</option>
        </select>
      ) : input.type === 'other' ? (
        <textarea {...own} placeholder="JSON" onChange={changed} />
      ) : (
        <input
          {...own}
          list={list}
          inputMode={input.type === 'number' ? 'decimal' : 'text'}
          onChange={changed}
        />
      )}
      <datalist id={list}>
        {input.choices.map((choice) => (
          <option key={choice} value={choice} />
        ))}
      </datalist>
      {inFen && <span className="muted small">{amountText(value, 'CNY')} CNY</span>}
    </div>
  );
}

function Said(props: { file: DecisionFile; said: Awaited<ReturnType<typeof tryDecision>> }) {
  const { file, said } = props;
  const { t } = useTranslation();
  const inLanguage = useBilingual();
  const isOther = said.ref !== file.ref;
  return (
    <div className="said" role="status">
      <h3>{t('decisions.output')}</h3>
      <pre className="feel">{said.output}</pre>
      {said.reasons.length > 0 && (
        <ul className="small">
          {said.reasons.map((reason) => (
            <li key={`${reason.code} ${reason.message.en}`}>
              <b>{t('dmn.why')}</b> {inLanguage(reason.message)}
            </li>
          ))}
        </ul>
      )}
      {isOther ? (
        <p className="small">
          <Link to={`?view=tables&ref=${encodeURIComponent(said.ref)}`}>{t('dmn.otherText')}</Link>
        </p>
      ) : (
        <Tables file={file} tried={said} />
      )}
    </div>
  );
}
