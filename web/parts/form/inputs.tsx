import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isCalendarDate } from '../../../src/base/dates.ts';
import { formatAmount, parseAmount } from '../../../src/base/money.ts';
import { capitalsOf } from '../money.tsx';

export type InputProps = {
  readonly id: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly invalid?: boolean;
  readonly required?: boolean;
  readonly disabled?: boolean;
};

/** What a plain input of the console always carries. */
function shared({ id, invalid, required, disabled }: InputProps) {
  return {
    id,
    'aria-invalid': invalid === true,
    'aria-required': required === true,
    disabled: disabled === true,
    autoComplete: 'off',
  };
}

/** An amount as digits; grouped when the hand leaves it, with 大写 below for CNY. */
export function MoneyInput(props: InputProps & { readonly currency: string }) {
  const { currency, value, onChange } = props;
  const capitalsId = useId();
  const amount = parseAmount(value, currency);
  const capitals = amount.ok ? capitalsOf(amount.value, currency) : null;
  const settle = () => {
    if (amount.ok) onChange(formatAmount(amount.value, currency, { grouped: true }));
  };
  return (
    <>
      <div className="amount-box">
        <span className="currency">{currency}</span>
        <input
          {...shared(props)}
          className="field-box"
          inputMode="decimal"
          value={value}
          aria-describedby={capitalsId}
          onChange={(event) => onChange(event.target.value)}
          onBlur={settle}
        />
      </div>
      <div className="capitals" id={capitalsId}>
        {capitals}
      </div>
    </>
  );
}

/** A day typed as digits: 20261120 becomes 2026-11-20 under the hand. */
export function DateInput(props: InputProps & { readonly onSettle?: () => void }) {
  const { value, onChange } = props;
  const [typed, setTyped] = useState(value);
  const shown = isCalendarDate(value) ? value : typed;
  const take = (text: string) => {
    const next = masked(text, shown);
    setTyped(next);
    onChange(next);
  };
  return (
    <input
      {...shared(props)}
      className="field-box"
      inputMode="numeric"
      placeholder="YYYY-MM-DD"
      maxLength={10}
      value={shown}
      onChange={(event) => take(event.target.value)}
      onBlur={props.onSettle}
    />
  );
}

/** Puts the hyphens where they belong; deleting goes back over them. */
export function masked(text: string, before: string): string {
  if (text.length < before.length) return text;
  const digits = text.replace(/\D/g, '').slice(0, 8);
  const parts = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter(
    (part) => part !== '',
  );
  const joined = parts.join('-');
  const full = digits.length === 4 || digits.length === 6;
  return full ? `${joined}-` : joined;
}

export function TextInput(props: InputProps & { readonly numeric?: boolean }) {
  return (
    <input
      {...shared(props)}
      className="field-box"
      inputMode={props.numeric === true ? 'numeric' : 'text'}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

export function RateInput(props: InputProps) {
  return (
    <div className="row">
      <TextInput {...props} numeric />
      <span className="muted">%</span>
    </div>
  );
}

export function LongTextInput(props: InputProps) {
  return (
    <textarea
      {...shared(props)}
      className="field-box"
      rows={3}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

export function ChoiceInput(
  props: InputProps & {
    readonly choices: readonly { readonly value: string; readonly label: string }[];
  },
) {
  const { t } = useTranslation();
  return (
    <select
      {...shared(props)}
      className="field-box"
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      <option value="">{t('form.choose')}</option>
      {props.choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
