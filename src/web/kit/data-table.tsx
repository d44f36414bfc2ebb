import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePreferences, useSetPreferences } from './preferences.ts';
import { useFirstRows } from './first-rows.ts';
import { ProblemView } from './problem-view.tsx';
import { BatchBar } from './table-batch.tsx';
import type { BatchAction } from './table-batch.tsx';
import type { Column } from './table-columns.ts';
import { sortedBy, visible, widthOf, withColumn } from './table-columns.ts';
import { useCopyKey } from './table-copy.ts';
import type { Listed, More } from './table-export.ts';
import { TableHead } from './table-head.tsx';
import { useMarks } from './table-marks.ts';
import { TablePaging } from './table-paging.tsx';
import { DataLine, moveAmongRows } from './table-rows.tsx';
import { nextSorting, sortingIn, sortingOf } from './table-sort.ts';
import { TableTools } from './table-tools.tsx';
import { useChangeParams } from './url-state.ts';
import { useLatest } from './use-latest.ts';

export type { Column } from './table-columns.ts';
export type { BatchAction, BatchResult } from './table-batch.tsx';

/** What a table reads of a query. */
export interface ListQuery<Row> {
  readonly data: Listed<Row> | undefined;
  readonly error: Error | null;
  /** The rows of the question before, while the next ones are on their way. */
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
}

export interface DataTable<Row> {
  /** Under this name the member's columns are kept on the server: letters, digits, hyphens. */
  readonly name: string;
  /** What the table is called, for readers and for files. */
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly query: ListQuery<Row>;
  /** Why there is nothing and what to do next. */
  readonly empty: ReactNode;
  readonly onOpen?: (row: Row) => void;
  /** The row whose details stand open. */
  readonly opened?: string | null;
  readonly batch?: readonly BatchAction<Row>[];
  /** Asks for any page of the same list: what export walks along. Without it there is no export. */
  readonly more?: More<Row>;
  /** The order of rows that nobody sorted, where it is not the list's own: on the screen and in the file. */
  readonly arrange?: (rows: readonly Row[]) => readonly Row[];
  /** A list that comes whole is drawn up to here; sorting and the file take all of it. */
  readonly most?: number;
  /** What limits the list, in words; stands in the exported file. */
  readonly filters?: readonly string[];
  /** Keys of the page, before the table's own. */
  readonly tools?: ReactNode;
}

const NOTHING: readonly never[] = [];

/** A list that people work in for hours: see README.md beside this file. */
export function DataTable<Row>(props: DataTable<Row>) {
  const { name, columns, keyOf, query } = props;
  const { value } = usePreferences();
  const set = useSetPreferences();
  const look = value.tables[name];
  const shown = useMemo(() => visible(columns, look), [columns, look]);
  const order = useOrder(query.data, columns, props.arrange);
  const rows = useMemo(() => order(query.data?.rows ?? NOTHING).slice(0, props.most), [order, query.data, props.most]);
  const marks = useMarks(rows, keyOf);
  const [said, say] = useSaid();
  const box = useRef<HTMLDivElement>(null);
  const { t } = useTranslation();
  const picked = marks.rows.length > 0 ? marks.rows : rows;
  useCopyKey(box, shown, picked, (copied) => say(t('table.copied', { count: copied })));
  const { more, filters = NOTHING, title } = props;
  return (
    <section className={`panel data-table ${value.density}`} ref={box} aria-label={title}>
      <TableTools
        {...{ columns, shown, look, said }}
        rows={picked}
        onLook={(next) => set({ tables: { [name]: next } })}
        exporting={more === undefined ? null : { name, title, filters, more, order }}
        onSay={say}
      >
        {props.tools}
      </TableTools>
      {marks.rows.length === 0 ? null : (
        <BatchBar rows={marks.rows} actions={props.batch ?? NOTHING} onSay={say} onClear={() => marks.set([])} />
      )}
      {query.error === null ? null : <ProblemView error={query.error} again={() => void query.refetch()} />}
      <Grid
        {...{ ...props, rows, shown, marks, box }}
        onWidth={(column, width) => set({ tables: { [name]: widened(columns, look, column, width) } })}
      />
      {query.data === undefined ? null : <TablePaging next={query.data.next ?? null} total={query.data.count ?? null} here={rows.length} />}
    </section>
  );
}

const widened = <Row,>(columns: readonly Column<Row>[], look: Parameters<typeof withColumn<Row>>[1], name: string, width: number | null) =>
  withColumn(columns, look, name, { width: width ?? columns.find((one) => one.name === name)?.width ?? 120 });

/** How the screen orders its rows, for the file to do the same: by the column asked for, else as the page arranges them. */
function useOrder<Row>(
  data: Listed<Row> | undefined,
  columns: readonly Column<Row>[],
  arrange: DataTable<Row>['arrange'],
): (rows: readonly Row[]) => readonly Row[] {
  const [params] = useSearchParams();
  const whole = (data?.next ?? null) === null && params.get('cursor') === null;
  // Anything else in the address leaves the order, and so the rows, as they are.
  const sort = params.get('sort');
  return useMemo(() => {
    const sorting = sortingOf(sort);
    const column = columns.find((one) => one.name === sorting?.name && one.sort === 'here');
    if (sorting !== null && column !== undefined && whole) return (rows) => sortedBy(rows, column, sorting.descending);
    return arrange ?? ((rows) => rows);
  }, [whole, columns, sort, arrange]);
}

/** More than this is no page to scroll through on a phone. */
const MANY = 60;
const SAID_MS = 6000;

/** A word about what was done; it goes by itself. */
function useSaid(): readonly [string, (text: string) => void] {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return [said, setSaid];
}

interface Grid<Row> extends DataTable<Row> {
  readonly rows: readonly Row[];
  readonly shown: readonly Column<Row>[];
  readonly marks: ReturnType<typeof useMarks<Row>>;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly onWidth: (column: string, width: number | null) => void;
}

function Grid<Row>({ name, keyOf, query, empty, onOpen, opened, batch, rows, shown, marks, title, onWidth }: Grid<Row>) {
  const { t } = useTranslation();
  const { value } = usePreferences();
  const drawn = useFirstRows(rows);
  const [params] = useSearchParams();
  const change = useChangeParams();
  const [reached, reach] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wide = useIsWide(scroller);
  const look = value.tables[name];
  const boxes = (batch?.length ?? 0) > 0;
  const sort = useCallback((column: string) => change((old) => nextSorting(old, column)), [change]);
  const latest = useLatest({ onOpen, onWidth, marks, keys: () => rows.map(keyOf) });
  const opens = onOpen !== undefined;
  const open = useMemo(() => (opens ? (row: Row) => latest().onOpen?.(row) : undefined), [opens, latest]);
  const widen = useCallback((column: string, width: number | null) => latest().onWidth(column, width), [latest]);
  const markAll = useCallback((all: boolean) => latest().marks.set(all ? latest().keys() : []), [latest]);
  const arrive = (key: string, extending: boolean): void => {
    reach(key);
    if (extending) marks.extend(key);
  };
  const first = reached !== null && rows.some((row) => keyOf(row) === reached) ? reached : rows[0] === undefined ? null : keyOf(rows[0]);
  if (query.data === undefined) return query.error === null ? <Loading columns={shown.length} /> : null;
  if (rows.length === 0) return empty;
  return (
    <div className={`scroller ${wide ? 'wide' : ''} ${rows.length > MANY ? 'many' : ''}`} ref={scroller}>
      <table className="table cards" aria-label={title} style={{ minWidth: widthOfAll(shown, look) }} aria-busy={query.isPlaceholderData}>
        <caption className="visually-hidden">{t('table.keys')}</caption>
        <colgroup>
          {boxes ? <col style={{ width: 40 }} /> : null}
          {shown.map((column) => (
            <col
              key={column.name}
              style={
                column.grow === true && look?.columns.find((c) => c.name === column.name)?.width === undefined
                  ? {}
                  : { width: widthOf(column, look) }
              }
            />
          ))}
        </colgroup>
        <TableHead
          columns={shown}
          sorting={sortingIn(params)}
          whole={(query.data.next ?? null) === null && params.get('cursor') === null}
          boxes={boxes}
          allMarked={marks.rows.length === rows.length}
          onMarkAll={markAll}
          onSort={sort}
          onWidth={widen}
        />
        <tbody
          onKeyDown={(event) => {
            if (event.key === 'Escape' && marks.rows.length > 0) marks.set([]);
            else moveAmongRows(event, arrive);
          }}
        >
          {drawn.map((row) => {
            const id = keyOf(row);
            return (
              <DataLine
                key={id}
                {...{ row, id, columns: shown, boxes }}
                onOpen={open}
                marked={marks.has(id)}
                opened={id === opened}
                reachable={id === first}
                onToggle={marks.toggle}
                onExtend={marks.extend}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const widthOfAll = <Row,>(columns: readonly Column<Row>[], look: Parameters<typeof widthOf<Row>>[1]): number =>
  columns.reduce((sum, column) => sum + widthOf(column, look), 0);

/** Wider than its place: then it scrolls within itself, under its own head; else the head sticks to the window. */
function useIsWide(scroller: RefObject<HTMLDivElement | null>): boolean {
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const measure = (): void => setWide((box.firstElementChild?.scrollWidth ?? 0) > box.clientWidth + 1);
    const watcher = new ResizeObserver(measure);
    watcher.observe(box);
    if (box.firstElementChild !== null) watcher.observe(box.firstElementChild);
    return () => watcher.disconnect();
  });
  return wide;
}

function Loading({ columns }: { readonly columns: number }) {
  const { t } = useTranslation();
  return (
    <div className="table-loading" role="status" aria-label={t('table.loading')}>
      {Array.from({ length: 8 }, (_, i) => (
        <div key={i} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
          {Array.from({ length: columns }, (_one, k) => (
            <i key={k} style={{ width: `${45 + ((i * 7 + k * 23) % 40)}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}
