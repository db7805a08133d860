import { type KeyboardEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, useSettings } from '../../settings.ts';
import { FilesInput } from './files.tsx';
import {
  ChoiceInput,
  DateInput,
  LongTextInput,
  MoneyInput,
  RateInput,
  TextInput,
} from './inputs.tsx';
import { NotesInput } from './notes.tsx';
import { choiceLabel, type FormComponent, type FormFile, kindOf, labelOf } from './schema.ts';
import { currencyOf, type Fault, type FormState, type Typed } from './state.ts';

type FormProps = {
  /** The case whose papers a field may add. */
  readonly caseNumber: string;
  readonly form: FormFile;
  readonly state: FormState;
  readonly faults: Readonly<Record<string, Fault>>;
  readonly disabled: boolean;
  readonly onChange: (key: string, typed: Typed) => void;
};

/** The fields of a form, without its decision: that is drawn as buttons under it. */
export function FormFields(props: FormProps) {
  const { language } = useSettings();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter moves on; nothing is activated here
    <div className="form" onKeyDown={moveOn}>
      {props.form.components
        .filter((component) => kindOf(component) !== 'decision')
        .map((component) => (
          <Field key={component.key} component={component} language={language} {...props} />
        ))}
    </div>
  );
}

/** Enter goes to the next field, after the last one to the action; it never sends anything. */
function moveOn(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'Enter' || event.altKey || event.nativeEvent.isComposing) return;
  if (event.nativeEvent.keyCode === 229 || event.target instanceof HTMLTextAreaElement) return;
  if (event.target instanceof HTMLButtonElement) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>('input,select,textarea')];
  const next = fields[fields.indexOf(event.target as HTMLElement) + 1];
  const action = document.querySelector<HTMLElement>('[data-action="first"]');
  (next ?? action)?.focus();
}

type FieldProps = FormProps & { readonly component: FormComponent; readonly language: Language };

function Field(props: FieldProps) {
  const { component, language, state, faults } = props;
  const { t } = useTranslation();
  const id = useId();
  const kind = kindOf(component);
  const fault = faults[component.key];
  const typed = state[component.key] ?? '';
  if (kind === 'note') return <p className="hint">{component.text ?? component.label}</p>;
  if (kind === 'yes_no') return <YesNo {...props} fault={fault} />;
  const grouped = ['few', 'checklist', 'files', 'notes'].includes(kind);
  const label = (
    <>
      {component.validate?.required === true && <span className="required">*</span>}
      {labelOf(component, language)}
    </>
  );
  return (
    <div className="form-field">
      {grouped ? (
        <span className="label" id={id}>
          {label}
        </span>
      ) : (
        <label htmlFor={id}>{label}</label>
      )}
      <div>
        <Control {...props} id={id} typed={typed} />
        {fault !== undefined && <div className="fault">{t(fault.text, fault.facts)}</div>}
      </div>
    </div>
  );
}

function YesNo(props: FieldProps & { fault: Fault | undefined }) {
  const { component, language, state, disabled, onChange, fault } = props;
  const { t } = useTranslation();
  return (
    <div className="check-row">
      <label>
        <input
          type="checkbox"
          checked={state[component.key] === true}
          disabled={disabled}
          aria-invalid={fault !== undefined}
          onChange={(event) => onChange(component.key, event.target.checked)}
        />
        <span>
          {component.validate?.required === true && <span className="required">*</span>}
          {labelOf(component, language)}
        </span>
      </label>
      {fault !== undefined && <span className="fault">{t(fault.text, fault.facts)}</span>}
    </div>
  );
}

function Control(props: FieldProps & { id: string; typed: Typed }) {
  const { caseNumber, component, language, id, typed, disabled, onChange, faults } = props;
  const kind = kindOf(component);
  const choices = (component.values ?? []).map((choice) => ({
    value: choice.value,
    label: choiceLabel(choice, language),
  }));
  const change = (next: Typed) => onChange(component.key, next);
  const input = {
    id,
    value: String(typed),
    onChange: change,
    invalid: faults[component.key] !== undefined,
    required: component.validate?.required === true,
    disabled: disabled || component.readonly === true,
  };
  switch (kind) {
    case 'money':
      return <MoneyInput {...input} currency={currencyOf(component)} />;
    case 'rate':
      return <RateInput {...input} />;
    case 'date':
      return <DateInput {...input} />;
    case 'integer':
      return <TextInput {...input} numeric />;
    case 'long_text':
      return <LongTextInput {...input} />;
    case 'choice':
      return <ChoiceInput {...input} choices={choices} />;
    case 'few':
      return <Few id={id} choices={choices} typed={typed} disabled={disabled} onChange={change} />;
    case 'checklist':
      return (
        <Checklist id={id} choices={choices} typed={typed} disabled={disabled} onChange={change} />
      );
    case 'files':
      return (
        <FilesInput
          labelledBy={id}
          caseNumber={caseNumber}
          kind={component.key}
          ids={Array.isArray(typed) ? typed : []}
          multiple={component.multiple === true}
          disabled={disabled}
          onChange={change}
        />
      );
    case 'notes':
      return (
        <NotesInput
          {...{ component, language, state: props.state, value: String(typed), labelledBy: id }}
          disabled={input.disabled}
          onChange={change}
        />
      );
    default:
      return <TextInput {...input} />;
  }
}

type ManyProps = {
  readonly id: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly typed: Typed;
  readonly disabled: boolean;
  readonly onChange: (next: Typed) => void;
};

function Few({ id, choices, typed, disabled, onChange }: ManyProps) {
  return (
    <div className="choices" role="radiogroup" aria-labelledby={id}>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={id}
            checked={typed === choice.value}
            disabled={disabled}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}

function Checklist({ id, choices, typed, disabled, onChange }: ManyProps) {
  const ticked = Array.isArray(typed) ? typed.map(String) : [];
  const toggle = (value: string, on: boolean) =>
    onChange(
      choices
        .map((choice) => choice.value)
        .filter((one) => (one === value ? on : ticked.includes(one))),
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend do not fit the row
    <div role="group" aria-labelledby={id}>
      {choices.map((choice) => (
        <div className="check-row" key={choice.value}>
          <label>
            <input
              type="checkbox"
              checked={ticked.includes(choice.value)}
              disabled={disabled}
              onChange={(event) => toggle(choice.value, event.target.checked)}
            />
            {choice.label}
          </label>
        </div>
      ))}
    </div>
  );
}
