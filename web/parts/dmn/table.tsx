import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecisionFinding, DecisionTable } from '../../../src/contract/decisions.ts';
import { Icon } from '../icon.tsx';
import { Scroll } from '../scroll.tsx';
import { headText, inYuan, isAnything, policyKey, readableCell } from './readable.ts';
import '../../styles/decision.css';

/** What a row is in a comparison; `before` are its cells as they were. */
export type RowMark = {
  readonly kind: 'same' | 'moved' | 'changed' | 'added' | 'removed';
  readonly beforeRow: number | null;
  readonly before: readonly string[];
  readonly columns: readonly number[];
};

type TableProps = {
  readonly table: DecisionTable;
  readonly label: string;
  /** Rows (from 1) that answered. */
  readonly fired?: readonly number[];
  readonly findings?: readonly DecisionFinding[];
  /** How often the cases reached each row. */
  readonly reached?: readonly number[] | undefined;
  /** What became of each row, in place of findings; removed rows stand among the others. */
  readonly marks?: readonly RowMark[];
};

/** Rows shown at first; a longer table is opened further by hand. */
const rowsFirst = 200;

const letters: Readonly<Record<DecisionTable['hitPolicy'], string>> = {
  UNIQUE: 'U',
  FIRST: 'F',
  PRIORITY: 'P',
  ANY: 'A',
  COLLECT: 'C',
  'RULE ORDER': 'R',
  'OUTPUT ORDER': 'O',
};
const aggregations = { SUM: '+', COUNT: '#', MIN: '<', MAX: '>' } as const;

/** A decision table as its owner reads it: hit policy, types, rows, and what is said about them. */
export function DecisionTableView(props: TableProps) {
  const { table, label, findings = [], marks } = props;
  const { t } = useTranslation();
  const [shown, setShown] = useState(rowsFirst);
  const [exact, setExact] = useState(false);
  const count = marks === undefined ? table.rules.length : marks.length;
  const about = findings.filter((one) => one.table === table.id);
  return (
    <>
      <div className="row wrap small">
        <span className="muted">{t(policyKey(table.hitPolicy, table.aggregation))}</span>
        <button
          type="button"
          className="tool spread"
          aria-pressed={exact}
          onClick={() => setExact(!exact)}
        >
          {t('dmn.exact')}
        </button>
      </div>
      <Scroll className="scroll-x dmn-scroll" label={label}>
        <table className="dmn">
          <caption className="sr-only">{label}</caption>
          <Head {...props} exact={exact} />
          <tbody>
            {Array.from({ length: Math.min(count, shown) }, (_, at) => at).map((at) =>
              marks === undefined ? (
                <Row key={at} {...props} row={at + 1} exact={exact} findings={about} />
              ) : (
                <MarkedRow key={at} table={table} mark={marks[at]} marks={marks} at={at} />
              ),
            )}
          </tbody>
          <Foot table={table} exact={exact} width={widthOf(props)} />
        </table>
      </Scroll>
      {count > shown && (
        <button type="button" className="link small" onClick={() => setShown(shown * 5)}>
          {t('dmn.more', { shown, count })}
        </button>
      )}
      <TableFindings findings={about.filter((one) => one.rows.length === 0)} />
    </>
  );
}

/** Columns and cells are known by their place and nothing else. */
function placed<T>(items: readonly T[]) {
  return items.map((item, at) => ({ item, at, key: `column ${at}` }));
}

function widthOf({ table, reached, marks }: TableProps): number {
  const own = 1 + table.inputs.length + table.outputs.length + table.annotations.length;
  return own + (reached === undefined || marks !== undefined ? 0 : 1);
}

function Head({ table, reached, marks, exact }: TableProps & { readonly exact: boolean }) {
  const { t, i18n } = useTranslation();
  const head = (label: string) => {
    const text = headText(label, i18n.language);
    return exact ? text : inYuan(text);
  };
  const sign = table.aggregation === null ? '' : aggregations[table.aggregation];
  return (
    <thead>
      <tr>
        <th scope="col" className="policy" title={t(policyKey(table.hitPolicy, table.aggregation))}>
          {letters[table.hitPolicy]}
          {sign}
        </th>
        {placed(table.inputs).map(({ item: input, key }) => (
          <th scope="col" className="in" key={key}>
            <b>{head(input.label)}</b>
            <span className="mono">{input.text}</span>
            <span className="muted">
              {[typeText(t, input.type), input.values].filter(Boolean).join(' · ')}
            </span>
          </th>
        ))}
        {placed(table.outputs).map(({ item: output, key }) => (
          <th scope="col" className="out" key={key}>
            <b>{head(output.label) || t('dmn.result')}</b>
            <span className="mono">{output.name ?? ''}</span>
            <span className="muted">
              {[typeText(t, output.type), output.values].filter(Boolean).join(' · ')}
            </span>
          </th>
        ))}
        {placed(table.annotations).map(({ item: name, key }) => (
          <th scope="col" className="note" key={key}>
            <b>{head(name) || t('dmn.annotation')}</b>
          </th>
        ))}
        {reached !== undefined && marks === undefined && (
          <th scope="col" className="n" title={t('dmn.reachedWhy')}>
            <b>{t('dmn.reached')}</b>
          </th>
        )}
      </tr>
    </thead>
  );
}

function typeText(t: (key: string) => string, type: string | null): string {
  if (type === null) return '';
  const key = `feelType.${type.replaceAll(' ', '_')}`;
  const text = t(key);
  return text === key ? type : text;
}

type RowProps = TableProps & { readonly row: number; readonly exact: boolean };

function Row({ table, row, exact, fired = [], findings = [], reached }: RowProps) {
  const { t } = useTranslation();
  const rule = table.rules[row - 1];
  if (rule === undefined) return null;
  const own = findings.filter((one) => one.rows.includes(row));
  const isFired = fired.includes(row);
  const worst = own.some((one) => one.severity === 'error') ? 'error' : 'warning';
  const kind = isFired ? 'fired' : own.length > 0 ? worst : '';
  const count = reached?.[row - 1];
  return (
    <>
      <tr className={kind} aria-current={isFired ? 'true' : undefined}>
        <th scope="row">
          {isFired && <Icon name="done" size={12} />}
          {isFired && <span className="sr-only">{t('dmn.fired')}</span>}
          {own.length > 0 && <Icon name={worst === 'error' ? 'bad' : 'soon'} size={12} />}
          {row}
        </th>
        {placed(rule.tests).map(({ item, at, key }) => (
          <Cell key={key} text={item} about={table.inputs[at]?.text ?? ''} exact={exact} />
        ))}
        {placed(rule.results).map(({ item, at, key }) => (
          <Cell
            key={key}
            isResult
            text={item}
            about={table.outputs[at]?.name ?? table.outputs[at]?.label ?? ''}
            exact={exact}
          />
        ))}
        {placed(table.annotations).map(({ at, key }) => (
          <td key={key} className="note">
            {rule.annotations[at] ?? ''}
          </td>
        ))}
        {reached !== undefined && <td className={count === 0 ? 'n never' : 'n'}>{count ?? 0}</td>}
      </tr>
      {own.map((finding) => (
        <FindingRow
          key={`${finding.code} ${finding.rows.join()} ${finding.example}`}
          finding={finding}
          width={widthOf({ table, label: '', reached })}
        />
      ))}
    </>
  );
}

function Cell(props: { text: string; about: string; exact: boolean; isResult?: boolean }) {
  const { text, about, exact, isResult = false } = props;
  const classes = [isResult ? 'out' : 'in', isAnything(text) ? 'any' : '', exact ? 'mono' : ''];
  return (
    <td className={classes.filter(Boolean).join(' ')} title={text}>
      {exact ? text || '-' : isResult && text === '' ? '' : readableCell(text, about)}
    </td>
  );
}

function FindingRow({ finding, width }: { finding: DecisionFinding; width: number }) {
  return (
    <tr className={`finding ${finding.severity}`}>
      <td colSpan={width}>
        <FindingText finding={finding} />
      </td>
    </tr>
  );
}

/** A finding in the reader's language: icon, word, sentence with the example in it. */
export function FindingText({ finding }: { finding: DecisionFinding }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh-CN';
  return (
    <span className={`finding-text ${finding.severity}`}>
      <Icon name={finding.severity === 'error' ? 'bad' : 'soon'} size={12} />{' '}
      <b>{t(`severity.${finding.severity}`)}</b> {finding.message[language]}
    </span>
  );
}

function TableFindings({ findings }: { findings: readonly DecisionFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="small findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.example}`}>
          <FindingText finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function Foot({ table, exact, width }: { table: DecisionTable; exact: boolean; width: number }) {
  const { t } = useTranslation();
  if (table.outputs.every((output) => output.default === null)) return null;
  const rest = width - 1 - table.inputs.length - table.outputs.length;
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={1 + table.inputs.length}>
          {t('dmn.default')}
        </th>
        {placed(table.outputs).map(({ item: output, key }) => (
          <td key={key} title={output.default ?? ''}>
            {exact ? output.default : readableCell(output.default ?? '', output.name ?? '')}
          </td>
        ))}
        {rest > 0 && <td colSpan={rest} />}
      </tr>
    </tfoot>
  );
}

function MarkedRow(props: {
  table: DecisionTable;
  mark: RowMark | undefined;
  marks: readonly RowMark[];
  at: number;
}) {
  const { table, mark, marks, at } = props;
  const { t } = useTranslation();
  if (mark === undefined) return null;
  const isGone = mark.kind === 'removed';
  const row = marks.slice(0, at + 1).filter((one) => one.kind !== 'removed').length;
  const rule = table.rules[row - 1];
  const now = rule === undefined ? [] : [...rule.tests, ...rule.results, ...rule.annotations];
  const cells = isGone ? mark.before : now;
  const expressions = [
    ...table.inputs.map((input) => input.text),
    ...table.outputs.map((output) => output.name ?? output.label),
  ];
  const read = (text: string | undefined, i: number) =>
    i < expressions.length ? readableCell(text ?? '', expressions[i] ?? '') : (text ?? '');
  return (
    <tr className={`mark ${mark.kind}`}>
      <th scope="row">
        {mark.kind !== 'same' && <span className="change">{t(`rowChange.${mark.kind}`)}</span>}{' '}
        {isGone ? mark.beforeRow : row}
        {mark.kind === 'moved' && <span className="muted"> ← {mark.beforeRow}</span>}
      </th>
      {placed(cells).map(({ item: cell, at: i, key }) => (
        <td key={key} title={cell}>
          {mark.columns.includes(i) && <del>{read(mark.before[i], i)}</del>}
          {isGone ? (
            <del>{read(cell, i)}</del>
          ) : mark.columns.includes(i) ? (
            <ins>{read(cell, i)}</ins>
          ) : (
            read(cell, i)
          )}
        </td>
      ))}
    </tr>
  );
}
