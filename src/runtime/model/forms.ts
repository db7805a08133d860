import {
  isNumber,
  isValueList,
  isValues,
  parseValue,
  type Value,
  type Values,
} from '../../base/data.ts';
import { isCalendarDate } from '../../base/dates.ts';
import { compareNumeric, scaleOf } from '../../base/decimal.ts';
import { ok, type Result, refuse } from '../../base/result.ts';

/** One field of a form: what its key may hold. */
export type Field = {
  readonly key: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** number: the fraction digits allowed; 0 means a whole number. */
  readonly decimals: number;
  readonly min: Value;
  readonly max: Value;
  readonly maxLength: number;
  readonly minLength: number;
  /** The values that may be chosen; null when anything may be. */
  readonly options: readonly string[] | null;
  readonly multiple: boolean;
};

const fieldTypes = [
  'textfield',
  'textarea',
  'number',
  'checkbox',
  'checklist',
  'radio',
  'select',
  'taglist',
  'datetime',
  'filepicker',
] as const;
type FieldType = (typeof fieldTypes)[number];

/** Shown, but holding nothing. */
const displayTypes = new Set(['text', 'separator', 'spacer', 'table', 'button']);
const groupTypes = new Set(['group']);

export type Form = { readonly name: string; readonly fields: readonly Field[] };

export type FormRefusal = 'form_not_valid' | 'form_component_not_allowed';

/** Largest number of any field, either way: 100 million million yuan in fen. */
const numberMax = 10n ** 16n;

/** Longest text of a field that names no limit of its own. */
const textLengthMax = 10_000;

/**
 * Reads a form-js schema. Components that could show foreign content (html, iframe, image, …) are
 * refused, and so is anything this subset does not know, patterns included (a pattern can be
 * written that takes for ever to try).
 */
export function readForm(name: string, text: string): Result<Form, FormRefusal> {
  const parsed = parseValue(text);
  if (!parsed.ok || !isValues(parsed.value)) return refuse('form_not_valid', { form: name });
  const components = parsed.value.components ?? null;
  if (!isValueList(components)) return refuse('form_not_valid', { form: name });
  const fields: Field[] = [];
  const pending: Value[] = [...components];
  while (pending.length > 0) {
    const component = pending.shift() ?? null;
    if (!isValues(component)) return refuse('form_not_valid', { form: name });
    const type = textOf(component.type) ?? '';
    if (groupTypes.has(type)) {
      const inside = component.components ?? [];
      if (!isValueList(inside)) return refuse('form_not_valid', { form: name });
      pending.unshift(...inside);
    } else if (!displayTypes.has(type)) {
      const field = readField(type, component);
      if (field === null) return refuse('form_component_not_allowed', { form: name, type });
      fields.push(field);
    }
  }
  return ok({ name, fields });
}

function readField(type: string, component: Values): Field | null {
  const known = fieldTypes.find((fieldType) => fieldType === type);
  const key = textOf(component.key);
  if (known === undefined || key === null || !/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(key))
    return null;
  const validate = isValues(component.validate ?? null) ? (component.validate as Values) : {};
  if (validate.pattern !== undefined) return null;
  const options = component.values ?? null;
  return {
    key,
    type: known,
    required: validate.required === true,
    decimals: Number(component.decimalDigits ?? 0n),
    min: validate.min ?? null,
    max: validate.max ?? null,
    minLength: Number(validate.minLength ?? 0n),
    maxLength: Number(validate.maxLength ?? BigInt(textLengthMax)),
    options: isValueList(options)
      ? options.map((option) => (isValues(option) ? (textOf(option.value) ?? '') : ''))
      : null,
    multiple: component.multiple === true,
  };
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export type FormValuesRefusal = 'field_not_in_form' | 'field_missing' | 'field_not_valid';

/**
 * Checks what a person filled in against the form: no name that the form does not have, nothing
 * required left out, every value of its field's type and within its limits. A field left empty is
 * not written. A box that is not required and not ticked is false, a list without a tick is empty.
 */
export function readFormValues(form: Form, given: Values): Result<Values, FormValuesRefusal> {
  const known = new Set(form.fields.map((field) => field.key));
  const stranger = Object.keys(given).find((name) => !known.has(name));
  if (stranger !== undefined) {
    return refuse('field_not_in_form', { form: form.name, field: stranger });
  }
  const values: { [name: string]: Value } = {};
  for (const field of form.fields) {
    const value = given[field.key] ?? null;
    const isEmpty = isBlank(value) || (isValueList(value) && value.length === 0);
    if (isEmpty) {
      if (field.required) return refuse('field_missing', { field: field.key });
      if (field.type === 'checkbox') values[field.key] = false;
      if (field.type === 'checklist' || field.type === 'taglist') values[field.key] = [];
    } else if (!isValid(field, value)) {
      return refuse('field_not_valid', { field: field.key });
    } else {
      values[field.key] = value;
    }
  }
  return ok(values);
}

/** Blanks alone say nothing. */
function isBlank(value: Value): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** A date that exists, with or without a time of day. */
function isDateText(value: Value): boolean {
  if (typeof value !== 'string' || !/^[^T]{10}(T[0-9:.+Z-]{5,24})?$/.test(value)) return false;
  return isCalendarDate(value.slice(0, 10));
}

function isValid(field: Field, value: Value): boolean {
  switch (field.type) {
    case 'textfield':
    case 'textarea':
      return isText(field, value);
    case 'number':
      return isNumberWithin(field, value);
    case 'checkbox':
      return typeof value === 'boolean' && (value || !field.required);
    case 'radio':
    case 'select':
      return isOption(field, value);
    case 'checklist':
    case 'taglist':
      return (
        isValueList(value) &&
        value.every((item) => isOption(field, item)) &&
        new Set(value).size === value.length
      );
    case 'datetime':
      return isDateText(value);
    case 'filepicker':
      return isFileReference(field, value);
    default: {
      const never: never = field.type;
      return never;
    }
  }
}

function isText(field: Field, value: Value): boolean {
  return (
    typeof value === 'string' && value.length >= field.minLength && value.length <= field.maxLength
  );
}

function isOption(field: Field, value: Value): boolean {
  return typeof value === 'string' && (field.options === null || field.options.includes(value));
}

/** A paper is named by its document id. */
function isFileReference(field: Field, value: Value): boolean {
  const isId = (item: Value) => typeof item === 'string' && item.length <= 36;
  return isValueList(value) ? field.multiple && value.every(isId) : isId(value);
}

function isNumberWithin(field: Field, value: Value): boolean {
  if (!isNumber(value) || scaleOf(value) > field.decimals) return false;
  const tooSmall = isNumber(field.min) && compareNumeric(value, field.min) < 0;
  const tooLarge = isNumber(field.max) && compareNumeric(value, field.max) > 0;
  const isBeyond = compareNumeric(value, numberMax) > 0 || compareNumeric(value, -numberMax) < 0;
  return !tooSmall && !tooLarge && !isBeyond;
}
