import type { Language } from '../../settings.ts';

/**
 * The subset of the form-js schema that `*.form.json` uses. English texts and what kind of number
 * or choice a field is stand in `properties`.
 */
export type FormFile = {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly components: readonly FormComponent[];
};

export type FormChoice = {
  readonly value: string;
  readonly label: string;
  readonly labelEn?: string;
  /** Where the case goes after this decision. */
  readonly consequence?: string;
  readonly consequenceEn?: string;
};

export type FormComponent = {
  readonly type: string;
  readonly key: string;
  readonly label?: string;
  readonly text?: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly validate?: {
    readonly required?: boolean;
    readonly min?: number;
    readonly max?: number;
    readonly maxLength?: number;
  };
  readonly values?: readonly FormChoice[];
  readonly multiple?: boolean;
  readonly readonly?: boolean;
};

/** How a field is typed and shown. */
export type FieldKind =
  | 'text'
  | 'long_text'
  | 'money'
  | 'integer'
  | 'rate'
  | 'date'
  | 'yes_no'
  | 'choice'
  | 'few'
  | 'checklist'
  | 'files'
  | 'notes'
  | 'note'
  | 'decision';

export function kindOf(component: FormComponent): FieldKind {
  const kind = component.properties?.['kind'];
  switch (component.type) {
    case 'textarea':
      return 'long_text';
    case 'number':
      if (kind === 'money') return 'money';
      return kind === 'rate_ppm' ? 'rate' : 'integer';
    case 'datetime':
      return 'date';
    case 'checkbox':
      return 'yes_no';
    case 'select':
      return 'choice';
    case 'radio':
      return kind === 'decision' ? 'decision' : 'few';
    case 'checklist':
      return 'checklist';
    case 'filepicker':
      return 'files';
    case 'text':
      return 'note';
    default:
      return kind === 'notes' ? 'notes' : 'text';
  }
}

export function formName(form: FormFile, language: Language): string {
  return (language === 'en' ? form.nameEn : undefined) ?? form.name;
}

export function labelOf(component: FormComponent, language: Language): string {
  const english = component.properties?.['labelEn'];
  return (language === 'en' ? english : undefined) ?? component.label ?? component.key;
}

export function choiceLabel(choice: FormChoice, language: Language): string {
  return (language === 'en' ? choice.labelEn : undefined) ?? choice.label;
}

export function consequenceOf(choice: FormChoice, language: Language): string | undefined {
  return (language === 'en' ? choice.consequenceEn : undefined) ?? choice.consequence;
}

/** The form's decision as buttons, or null: then the form has one submit button. */
export function decisionOf(form: FormFile): FormComponent | null {
  return form.components.find((component) => kindOf(component) === 'decision') ?? null;
}
