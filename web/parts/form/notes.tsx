import '../../styles/cash.css';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../settings.ts';
import { amountText } from '../money.tsx';
import { choiceLabel, type FormComponent } from './schema.ts';
import type { FormState } from './state.ts';

type NotesProps = {
  readonly labelledBy: string;
  readonly component: FormComponent;
  readonly language: Language;
  readonly state: FormState;
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
};

/** The counts that a text such as `10000*30 5000*2` holds, by face value in minor units. */
export function countsIn(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(' ').flatMap((part) => {
    const [face = '', count = ''] = part.split('*');
    return count === '' ? [] : [[face, count] as const];
  });
  return new Map(pairs);
}

/** The text of counts, face by face; one left empty is not said. */
export function notesText(counts: ReadonlyMap<string, string>): string {
  return [...counts]
    .filter(([, count]) => count !== '')
    .map(([face, count]) => `${face}*${count}`)
    .join(' ');
}

/** What the counts come to, in minor units. */
export function notesSum(counts: ReadonlyMap<string, string>): bigint {
  return [...counts].reduce((sum, [face, count]) => sum + BigInt(face) * BigInt(count), 0n);
}

/**
 * Notes and coins by denomination (券别): how many of each, and what they come to. The faces stand in
 * the form as `CNY 10000`; the currency is the form's, or what its currency field says.
 */
export function NotesInput(props: NotesProps) {
  const { component, language, state, value, disabled, onChange, labelledBy } = props;
  const { t } = useTranslation();
  const { currency: fixed, currencyFrom = '' } = component.properties ?? {};
  const currency = fixed ?? String(state[currencyFrom] ?? '');
  const faces = (component.values ?? []).flatMap((choice) => {
    const [of, face = ''] = choice.value.split(' ');
    return of === currency ? [{ face, label: choiceLabel(choice, language) }] : [];
  });
  const counts = countsIn(value);
  const known = new Map(faces.map(({ face }) => [face, counts.get(face) ?? '']));
  const take = (face: string, typed: string) => {
    const digits = typed.replace(/\D/g, '').slice(0, 8);
    onChange(notesText(new Map([...known, [face, digits]])));
  };
  if (faces.length === 0) return <span className="muted">{t('notes.currencyFirst')}</span>;
  const filled = new Map([...known].filter(([, count]) => count !== ''));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend do not fit the row
    <div role="group" aria-labelledby={labelledBy}>
      <table className="notes">
        <tbody>
          {faces.map(({ face, label }) => (
            <tr key={face}>
              <td>{label}</td>
              <td>
                <input
                  className="field-box"
                  inputMode="numeric"
                  autoComplete="off"
                  aria-label={label}
                  value={known.get(face) ?? ''}
                  disabled={disabled}
                  onChange={(event) => take(face, event.target.value)}
                />
              </td>
              <td className="n">{noteAmount(face, known.get(face) ?? '', currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>{t('entries.total')}</td>
            <td className="n">{amountText(notesSum(filled), currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function noteAmount(face: string, count: string, currency: string): string {
  return count === '' ? '' : amountText(BigInt(face) * BigInt(count), currency);
}
