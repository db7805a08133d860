import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** One column of a list. `width` is a part of a CSS grid, such as '120px' or 'minmax(0, 2fr)'. */
export type Column<Row> = {
  readonly id: string;
  readonly head: string;
  readonly width: string;
  readonly numeric?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** The full text for a cell that may be cut. */
  readonly title?: (row: Row) => string;
};

type ListProps<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly total: number;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly onOpen: (row: Row) => void;
  /** Keys that act on the active row: 'c' claims it. */
  readonly rowKeys?: Readonly<Record<string, (row: Row) => void>>;
  readonly empty: ReactNode;
  readonly foot?: ReactNode;
  readonly loading?: boolean;
};

const rowHeight = 32;

/**
 * A list of rows that can be walked by keyboard: the focus stays on the grid and the active row is
 * named by aria-activedescendant. J/K, arrows, Home, End, Page keys move; Enter opens.
 */
export function List<Row>(props: ListProps<Row>) {
  const { rows, columns, keyOf } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState(0);
  const active = Math.min(wanted, rows.length - 1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setWanted(next);
    virtual.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent) => walk(event, active, props, move);
  const columnsStyle = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  return (
    <div className="list">
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element */}
      <div
        ref={scroller}
        className="grid"
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={props.total + 1}
        aria-busy={props.loading === true}
        {...(active >= 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        onKeyDown={onKeyDown}
      >
        <HeadRow columns={columns} style={columnsStyle} />
        {rows.length === 0 && props.loading !== true && (
          <Empty columns={columns}>{props.empty}</Empty>
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element */}
        <div className="body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its rows
              // biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element
              <div
                key={keyOf(row)}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={item.index === active}
                className={`grid-row ${item.index === active ? 'active' : ''}`}
                style={{ ...columnsStyle, transform: `translateY(${item.start}px)` }}
                onPointerDown={() => setWanted(item.index)}
                onDoubleClick={() => props.onOpen(row)}
              >
                <Cells row={row} columns={columns} />
              </div>
            );
          })}
        </div>
      </div>
      <Foot total={props.total} shown={rows.length}>
        {props.foot}
      </Foot>
    </div>
  );
}

function Foot({ total, shown, children }: { total: number; shown: number; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="foot">
      <span>{t('list.count', { count: total })}</span>
      {total > shown && <span>{t('list.shown', { count: shown })}</span>}
      {children}
    </div>
  );
}

function HeadRow<Row>({
  columns,
  style,
}: {
  columns: readonly Column<Row>[];
  style: { gridTemplateColumns: string };
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element
    <div role="rowgroup">
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its rows */}
      <div role="row" aria-rowindex={1} className="grid-row head-row" style={style}>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element
          // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its cells
          <div
            key={column.id}
            role="columnheader"
            className={column.numeric === true ? 'cell n' : 'cell'}
          >
            {column.head}
          </div>
        ))}
      </div>
    </div>
  );
}

function Cells<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return columns.map((column) => (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its cells
    <div
      key={column.id}
      role="gridcell"
      className={column.numeric === true ? 'cell n' : 'cell'}
      title={column.title?.(row)}
    >
      {column.cell(row)}
    </div>
  ));
}

function Empty<Row>({
  columns,
  children,
}: {
  columns: readonly Column<Row>[];
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its rows
    <div role="row" aria-rowindex={2}>
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a table element */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its cells */}
      <div role="gridcell" aria-colspan={columns.length} className="empty">
        {children}
      </div>
    </div>
  );
}

function walk<Row>(
  event: KeyboardEvent,
  active: number,
  { rows, rowKeys, onOpen }: ListProps<Row>,
  move: (to: number) => void,
): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
    return;
  const page = 15;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    j: active + 1,
    ArrowUp: active - 1,
    k: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: rows.length - 1,
  };
  const step = steps[event.key];
  const row = rows[active];
  if (step !== undefined) {
    event.preventDefault();
    move(step);
  } else if (row !== undefined && event.key === 'Enter') {
    event.preventDefault();
    onOpen(row);
  } else if (row !== undefined && rowKeys?.[event.key] !== undefined) {
    event.preventDefault();
    rowKeys[event.key]?.(row);
  }
}
