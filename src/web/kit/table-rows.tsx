import { memo } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './table-columns.ts';

interface Line<Row> {
  readonly row: Row;
  readonly id: string;
  readonly columns: readonly Column<Row>[];
  readonly marked: boolean;
  readonly opened: boolean;
  /** The one row of the table that Tab reaches; arrows move from there. */
  readonly reachable: boolean;
  readonly boxes: boolean;
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly onToggle: (key: string) => void;
  readonly onExtend: (key: string) => void;
}

/** What was pressed is a link, a button or a field of the row: the row itself stays out of it. */
const isOwn = (target: EventTarget, row: Element): boolean => {
  const pressed = (target as Element).closest('a, button, input, select, textarea, label, [role=combobox]');
  return pressed !== null && row.contains(pressed);
};

function TableLine<Row>({ row, id, columns, marked, opened, reachable, boxes, onOpen, onToggle, onExtend }: Line<Row>) {
  const click = (event: MouseEvent<HTMLTableRowElement>): void => {
    if (isOwn(event.target, event.currentTarget) || String(getSelection()) !== '') return;
    if (event.shiftKey) onExtend(id);
    else if (event.ctrlKey || event.metaKey) onToggle(id);
    else onOpen?.(row);
  };
  const press = (event: KeyboardEvent<HTMLTableRowElement>): void => {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && onOpen !== undefined) onOpen(row);
    else if (event.key === ' ') onToggle(id);
    else return;
    event.preventDefault();
  };
  return (
    <tr
      data-key={id}
      tabIndex={reachable ? 0 : -1}
      className={`${marked ? 'marked' : ''} ${opened ? 'opened' : ''} ${onOpen === undefined ? '' : 'opens'}`}
      onClick={click}
      onKeyDown={press}
    >
      {boxes ? (
        <td className="box">
          <Box marked={marked} onToggle={() => onToggle(id)} />
        </td>
      ) : null}
      {columns.map((column, i) => (
        <td
          key={column.name}
          className={`${column.number === true ? 'number' : ''} ${column.card === undefined ? '' : `card-${column.card}`}`}
          data-label={column.title}
        >
          {i === 0 && marked && !boxes ? <Marked /> : null}
          {column.show(row)}
        </td>
      ))}
    </tr>
  );
}

function Box({ marked, onToggle }: { readonly marked: boolean; readonly onToggle: () => void }) {
  const { t } = useTranslation();
  return <input type="checkbox" aria-label={t('table.mark')} checked={marked} onChange={onToggle} />;
}

function Marked() {
  const { t } = useTranslation();
  return <span className="visually-hidden">{t('table.marked', { count: 1 })}</span>;
}

/** Drawn anew only when something about this very row changed: marking one of two hundred costs one. */
export const DataLine = memo(TableLine) as typeof TableLine;

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** Arrows, Home and End go from row to row; with Shift they pick out what they pass. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>, onArrive: (key: string, extending: boolean) => void): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('tr[data-key]')];
  const at = rows.findIndex((row) => row === event.target);
  const to = MOVES[event.key];
  if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const row = rows[to(at, rows.length - 1)];
  row?.focus();
  const key = row?.dataset['key'];
  if (key !== undefined) onArrive(key, event.shiftKey);
}
