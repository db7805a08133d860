import { isCalendarDate } from '../../../src/base/dates.ts';
import { formatAmount, parseAmount } from '../../../src/base/money.ts';
import { formatRatePercent, parseRatePercent } from '../../../src/base/rates.ts';
import type { JsonValues } from '../../../src/contract/shapes.ts';
import { type FormComponent, type FormFile, kindOf } from './schema.ts';

/** What stands in a field, as typed: drafts keep it so. */
export type Typed = string | boolean | readonly string[];
export type FormState = Readonly<Record<string, Typed>>;

/** i18n key of what is wrong with a field, with its facts. */
export type Fault = { readonly text: string; readonly facts: Readonly<Record<string, string>> };

type Json = JsonValues[string];

/** The fields as they stand at first, from the values of the case. */
export function stateFrom(form: FormFile, values: JsonValues): FormState {
  return Object.fromEntries(
    form.components
      .filter((component) => kindOf(component) !== 'note')
      .map((component) => [component.key, typedFrom(component, values[component.key])]),
  );
}

function typedFrom(component: FormComponent, value: Json | undefined): Typed {
  switch (kindOf(component)) {
    case 'yes_no':
      return value === true;
    case 'checklist':
    case 'files':
      return Array.isArray(value) ? value.map(String) : [];
    case 'money':
      return digits(value) ? formatAmount(BigInt(value), currencyOf(component), grouped) : '';
    case 'rate':
      return digits(value) ? formatRatePercent(BigInt(value)) : '';
    default:
      return value === undefined || value === null ? '' : String(value);
  }
}

const grouped = { grouped: true } as const;

function digits(value: Json | undefined): value is string | number {
  return /^-?\d+$/.test(String(value));
}

export function currencyOf(component: FormComponent): string {
  return component.properties?.['currency'] ?? 'CNY';
}

/** The values to send, or what is wrong, field by field. Fields left empty are not sent. */
export function valuesFrom(
  form: FormFile,
  state: FormState,
): { readonly values: JsonValues; readonly faults: Readonly<Record<string, Fault>> } {
  const values: Record<string, Json> = {};
  const faults: Record<string, Fault> = {};
  for (const component of form.components) {
    if (kindOf(component) === 'note') continue;
    const read = readField(component, state[component.key] ?? '');
    if ('text' in read) faults[component.key] = read;
    else if (read.value !== undefined) values[component.key] = read.value;
  }
  return { values, faults };
}

type Read = { readonly value: Json | undefined } | Fault;

const fault = (text: string, facts: Fault['facts'] = {}): Fault => ({ text, facts });

function readField(component: FormComponent, typed: Typed): Read {
  const required = component.validate?.required === true;
  switch (kindOf(component)) {
    case 'yes_no':
      return required && typed !== true ? fault('fault.confirm') : { value: typed === true };
    case 'checklist':
    case 'files': {
      const many = Array.isArray(typed) ? typed : [];
      if (required && many.length === 0) return fault('fault.required');
      return { value: many as Json };
    }
    default: {
      const text = String(typed).trim();
      if (text === '') return required ? fault('fault.required') : { value: undefined };
      return readText(component, text);
    }
  }
}

function readText(component: FormComponent, text: string): Read {
  const limits = component.validate ?? {};
  switch (kindOf(component)) {
    case 'money': {
      const amount = parseAmount(text, currencyOf(component));
      if (!amount.ok) return fault('fault.amount');
      if (limits.min !== undefined && amount.value < BigInt(limits.min)) {
        return fault('fault.amountPositive');
      }
      return { value: String(amount.value) };
    }
    case 'rate': {
      const rate = parseRatePercent(text);
      return rate.ok ? { value: String(rate.value) } : fault('fault.rate');
    }
    case 'integer': {
      if (!/^-?\d{1,15}$/.test(text)) return fault('fault.integer');
      return within(Number(text), limits);
    }
    case 'date':
      return isCalendarDate(text) ? { value: text } : fault('fault.date');
    default: {
      const most = limits.maxLength;
      if (most !== undefined && text.length > most) {
        return fault('fault.long', { most: String(most) });
      }
      return { value: text };
    }
  }
}

function within(
  value: number,
  { min, max }: { readonly min?: number; readonly max?: number },
): Read {
  if (min !== undefined && value < min) return fault('fault.least', { least: String(min) });
  if (max !== undefined && value > max) return fault('fault.most', { most: String(max) });
  return { value };
}
