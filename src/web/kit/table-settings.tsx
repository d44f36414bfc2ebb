import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TableLook } from '../../model/preferences.ts';
import { Icon } from './icons.tsx';
import { arranged, fittingWidth, isHidden, moved, widthOf, withColumn } from './table-columns.ts';
import type { Column } from './table-columns.ts';

const STEP_PX = 24;

interface Settings<Row> {
  readonly columns: readonly Column<Row>[];
  readonly look: TableLook | undefined;
  readonly onLook: (look: TableLook | null) => void;
}

/** Which columns, in which order, how wide: all by keyboard too. */
export function ColumnSettings<Row>({ columns, look, onLook }: Settings<Row>) {
  const { t } = useTranslation();
  const content = (
    <div className="column-settings">
      <p className="faint">{t('table.columnsHelp')}</p>
      <ul className="plain-list tight">
        {arranged(columns, look).map((column, i, all) => (
          <ColumnLine key={column.name} {...{ columns, look, onLook, column }} first={i === 0} last={i === all.length - 1} />
        ))}
      </ul>
      <button type="button" className="key" onClick={() => onLook(null)}>
        {t('table.reset')}
      </button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content} title={t('table.columns')}>
      <button type="button" className="tool">
        <Icon name="columns" />
        {t('table.columns')}
      </button>
    </Popover>
  );
}

function ColumnLine<Row>({
  columns,
  look,
  onLook,
  column,
  first,
  last,
}: Settings<Row> & { readonly column: Column<Row>; readonly first: boolean; readonly last: boolean }) {
  const { t } = useTranslation();
  const what = column.title;
  const width = (by: number): void => onLook(withColumn(columns, look, column.name, { width: fittingWidth(widthOf(column, look) + by) }));
  return (
    <li className="row between">
      <label className="tick">
        <input
          type="checkbox"
          checked={!isHidden(column, look)}
          onChange={(e) => onLook(withColumn(columns, look, column.name, { hidden: !e.target.checked }))}
        />
        {what}
      </label>
      <span className="tiny-keys">
        <button type="button" aria-label={t('table.narrower', { what })} onClick={() => width(-STEP_PX)}>
          −
        </button>
        <button type="button" aria-label={t('table.wider', { what })} onClick={() => width(STEP_PX)}>
          +
        </button>
        <button
          type="button"
          disabled={first}
          aria-label={t('table.moveUp', { what })}
          onClick={() => onLook(moved(columns, look, column.name, -1))}
        >
          ↑
        </button>
        <button
          type="button"
          disabled={last}
          aria-label={t('table.moveDown', { what })}
          onClick={() => onLook(moved(columns, look, column.name, 1))}
        >
          ↓
        </button>
      </span>
    </li>
  );
}
