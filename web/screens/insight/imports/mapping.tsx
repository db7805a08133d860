import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type LookAtLogAnswer,
  logColumnRoles,
  logTimeFormats,
} from '../../../../src/contract/insight/logs.ts';
import { Scroll } from '../../../parts/scroll.tsx';

const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'latin1'] as const;
/** How a file is to be read, by the names of the contract. */
export type Told = Readonly<Record<string, string>>;

/** What a log cannot do without. */
const needed = ['case', 'activity', 'time'] as const;

type MappingProps = {
  readonly look: LookAtLogAnswer;
  readonly told: Told;
  readonly onChange: (told: Told) => void;
  readonly onLookAgain: (told: Told) => void;
  readonly onImport: () => void;
  readonly busy: boolean;
};

/** What is what in a file: guessed, shown with samples, and changed where the guess is wrong. */
export function Mapping(props: MappingProps) {
  const { look, told, onChange, onImport, busy } = props;
  const { t } = useTranslation();
  const set = (name: string, value: string) => {
    const { [name]: _old, ...rest } = told;
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  const missing = look.mapped
    ? needed.filter((role) => told[role] === undefined && !(role === 'time' && told['start']))
    : [];
  return (
    <>
      <div className="filters">
        <label>
          {t('insight.logName')}
          <input
            className="field-box"
            value={told['name'] ?? ''}
            maxLength={120}
            onChange={({ target }) => set('name', target.value)}
          />
        </label>
        {look.mapped && <Reading {...props} set={set} />}
        <Choice
          label={t('insight.clock')}
          value={told['clock'] ?? 'bank'}
          values={['bank', 'utc']}
          text={(one) => t(`insightClock.${one}`)}
          onChange={(value) => set('clock', value)}
        />
        <Choice
          label={t('insight.badRows')}
          value={told['skipBadRows'] ?? 'no'}
          values={['no', 'yes']}
          text={(one) => t(`insightBadRows.${one}`)}
          onChange={(value) => set('skipBadRows', value)}
        />
      </div>
      {look.mapped ? <Columns look={look} told={told} onChange={onChange} /> : <OwnNames />}
      <div className="row wrap">
        <Button
          type="primary"
          loading={busy}
          disabled={missing.length > 0 || (told['name'] ?? '') === ''}
          onClick={onImport}
        >
          {t('insight.importDo')}
        </Button>
        {missing.length > 0 && (
          <span className="muted">
            {t('insight.importMissing', {
              roles: missing.map((role) => t(`insightRole.${role}`)).join(', '),
            })}
          </span>
        )}
      </div>
    </>
  );
}

function OwnNames() {
  const { t } = useTranslation();
  return <p className="muted">{t('insight.ownNames')}</p>;
}

function Reading({
  told,
  set,
  onLookAgain,
}: MappingProps & { set: (name: string, value: string) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Choice
        label={t('insight.encoding')}
        value={told['encoding'] ?? 'utf-8'}
        values={encodings}
        text={(one) => one}
        onChange={(encoding) => onLookAgain({ encoding })}
      />
      <Choice
        label={t('insight.timeFormat')}
        value={told['timeFormat'] ?? ''}
        values={['', ...logTimeFormats]}
        text={(one) => (one === '' ? t('insight.timeFormatAuto') : t(`insightTime.${one}`))}
        onChange={(value) => set('timeFormat', value)}
      />
    </>
  );
}

function Choice({
  label,
  value,
  values,
  text,
  onChange,
}: {
  label: string;
  value: string;
  values: readonly string[];
  text: (one: string) => string;
  onChange: (value: string) => void;
}) {
  return (
    <label>
      {label}
      <select className="field-box" value={value} onChange={({ target }) => onChange(target.value)}>
        {values.map((one) => (
          <option key={one} value={one}>
            {text(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Each column with its first values, and what it is. */
function Columns({ look, told, onChange }: Pick<MappingProps, 'look' | 'told' | 'onChange'>) {
  const { t } = useTranslation();
  const roleOf = (column: string) => logColumnRoles.find((role) => told[role] === column) ?? '';
  const give = (column: string, role: string) => {
    const others = Object.entries(told).filter(
      ([name, value]) => !(isRole(name) && (value === column || name === role)),
    );
    onChange({ ...Object.fromEntries(others), ...(role === '' ? {} : { [role]: column }) });
  };
  return (
    <Scroll label={t('insight.columns')}>
      <table>
        <thead>
          <tr>
            <th>{t('insight.column')}</th>
            <th>{t('insight.columnIs')}</th>
            <th>{t('insight.samples')}</th>
          </tr>
        </thead>
        <tbody>
          {look.columns.map(({ name, samples }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
            <tr key={i}>
              <td>{name}</td>
              <td>
                <select
                  className="field-box"
                  aria-label={t('insight.roleOf', { column: name })}
                  value={roleOf(name)}
                  onChange={({ target }) => give(name, target.value)}
                >
                  <option value="">{t('insightRole.attribute')}</option>
                  {logColumnRoles.map((role) => (
                    <option key={role} value={role}>
                      {t(`insightRole.${role}`)}
                    </option>
                  ))}
                </select>
                {look.guessed[roleOf(name)] === name && (
                  <span className="muted"> {t('insight.guessed')}</span>
                )}
              </td>
              <td className="muted">{samples.slice(0, 4).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function isRole(name: string): boolean {
  return logColumnRoles.some((role) => role === name);
}
