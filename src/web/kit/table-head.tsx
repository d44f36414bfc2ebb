import { memo, useRef } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './table-columns.ts';
import { fittingWidth } from './table-columns.ts';

export interface Sorting {
  readonly name: string;
  readonly descending: boolean;
}

interface Head<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting | null;
  /** All rows are on the screen, so that sorting them here is sorting the list. */
  readonly whole: boolean;
  readonly boxes: boolean;
  readonly allMarked: boolean;
  readonly onMarkAll: (all: boolean) => void;
  readonly onSort: (name: string) => void;
  readonly onWidth: (name: string, width: number | null) => void;
}

export function TableHead<Row>({ columns, sorting, whole, boxes, allMarked, onMarkAll, onSort, onWidth }: Head<Row>) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        {boxes ? (
          <th scope="col" className="box">
            <input type="checkbox" aria-label={t('table.markAll')} checked={allMarked} onChange={() => onMarkAll(!allMarked)} />
          </th>
        ) : null}
        {columns.map((column) => (
          <HeadCell
            key={column.name}
            column={column}
            sorts={column.sort === 'server' || (column.sort === 'here' && whole)}
            now={sorting?.name !== column.name ? null : sorting.descending ? 'descending' : 'ascending'}
            onSort={onSort}
            onWidth={onWidth}
          />
        ))}
      </tr>
    </thead>
  );
}

interface Cell<Row> extends Pick<Head<Row>, 'onSort' | 'onWidth'> {
  readonly column: Column<Row>;
  readonly sorts: boolean;
  readonly now: 'ascending' | 'descending' | null;
}

function PlainHeadCell<Row>({ column, sorts, now, onSort, onWidth }: Cell<Row>) {
  const { t } = useTranslation();
  return (
    <th scope="col" className={column.number === true ? 'number' : ''} {...(now === null ? {} : { 'aria-sort': now })}>
      {sorts ? (
        <button type="button" className="sort" title={t('table.sortBy', { what: column.title })} onClick={() => onSort(column.name)}>
          <Title column={column} />
          <i aria-hidden="true">{now === null ? '' : now === 'descending' ? '↓' : '↑'}</i>
        </button>
      ) : (
        <Title column={column} />
      )}
      {column.help}
      <Grip onWidth={(width) => onWidth(column.name, width)} />
    </th>
  );
}

/** A sort draws two titles anew: the one it left and the one it came to. */
const HeadCell = memo(PlainHeadCell) as typeof PlainHeadCell;

function Title<Row>({ column }: { readonly column: Column<Row> }) {
  return (
    <>
      {column.title}
      {column.unit === undefined ? null : <small>{column.unit}</small>}
    </>
  );
}

/**
 * The edge of a column. While it is dragged only a line moves; the table is laid out once, when the button is let go.
 * By keyboard, widths are set in the column settings.
 */
function Grip({ onWidth }: { readonly onWidth: (width: number | null) => void }) {
  const start = useRef<{ readonly x: number; readonly width: number; readonly line: HTMLElement } | null>(null);
  const down = (event: PointerEvent<HTMLSpanElement>): void => {
    const cell = event.currentTarget.closest('th');
    const box = event.currentTarget.closest<HTMLElement>('.data-table');
    if (cell === null || box === null) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const line = Object.assign(document.createElement('div'), { className: 'resize-line' });
    line.style.left = `${event.clientX - box.getBoundingClientRect().left}px`;
    box.append(line);
    start.current = { x: event.clientX, width: cell.offsetWidth, line };
  };
  const move = (event: PointerEvent): void => {
    if (start.current !== null) start.current.line.style.transform = `translateX(${event.clientX - start.current.x}px)`;
  };
  const end = (event: PointerEvent, apply: boolean): void => {
    const begun = start.current;
    start.current = null;
    begun?.line.remove();
    if (apply && begun !== null && event.clientX !== begun.x) onWidth(fittingWidth(begun.width + event.clientX - begun.x));
  };
  return (
    <span
      className="grip"
      aria-hidden="true"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={(e) => end(e, true)}
      onPointerCancel={(e) => end(e, false)}
      onDoubleClick={() => onWidth(null)}
    />
  );
}
