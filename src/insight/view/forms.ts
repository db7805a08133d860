import type { Bilingual } from '../../contract/shapes.ts';

/** A field as the views read it; `decides`: its answer is the decision of the task. */
export type ViewField = {
  readonly key: string;
  readonly label: Bilingual;
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly decides: boolean;
  readonly options: readonly { readonly value: string; readonly label: Bilingual }[];
};

export type ViewForm = {
  readonly file: string;
  readonly name: Bilingual;
  readonly fields: readonly ViewField[];
};

const depthMax = 20;

/** The fields of a form-js form (groups opened), from its text; null when it is no such form. */
export function viewFormOf(file: string, text: string): ViewForm | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(parsed) || !Array.isArray(parsed.components)) return null;
  const own = textOf(parsed.name) ?? file;
  const fields: ViewField[] = [];
  gather(parsed.components, fields, 0);
  return { file, name: { 'zh-CN': own, en: textOf(parsed.nameEn) ?? own }, fields };
}

function gather(components: readonly unknown[], fields: ViewField[], depth: number): void {
  if (depth > depthMax) return;
  for (const component of components) {
    if (!isRecord(component)) continue;
    if (Array.isArray(component.components)) gather(component.components, fields, depth + 1);
    const key = textOf(component.key);
    if (key === null) continue;
    const properties = isRecord(component.properties) ? component.properties : {};
    const validate = isRecord(component.validate) ? component.validate : {};
    fields.push({
      key,
      label: labelOf(component, properties, key),
      readOnly: component.readonly === true || component.disabled === true,
      required: validate.required === true,
      decides: properties.kind === 'decision',
      options: Array.isArray(component.values) ? component.values.flatMap(optionOf) : [],
    });
  }
}

function optionOf(option: unknown): ViewField['options'] {
  if (!isRecord(option)) return [];
  const value = textOf(option.value);
  return value === null ? [] : [{ value, label: labelOf(option, option, value) }];
}

function labelOf(
  own: Readonly<Record<string, unknown>>,
  english: Readonly<Record<string, unknown>>,
  otherwise: string,
): Bilingual {
  const label = textOf(own.label) ?? otherwise;
  return { 'zh-CN': label, en: textOf(english.labelEn) ?? label };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
