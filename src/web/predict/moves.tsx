import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Migration, SegmentsView } from '../../model/segment-views.ts';
import { count, decimal, percent } from '../kit/format.ts';
import { Link, useSearchParams } from 'react-router';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { useParam, withParams } from '../kit/url-state.ts';
import { Movers } from './movers.tsx';

/** Where customers went since the month before: the matrix, the share that stayed, and whether the shares moved. */
export function Moves({ view }: { readonly view: SegmentsView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { migration } = view;
  const [chosen, choose] = useParam('move');
  const names = new Map(view.cards.map((card) => [card.id, card.names[locale]]));
  if (migration === null) return <p className="faint">{t('segments.migrationNone')}</p>;
  const title = t('segments.migrationTitle', { from: migration.from_month, to: migration.to_month });
  const psi = migration.psi === null ? null : migration.psi < 0.1 ? 'same' : migration.psi < 0.25 ? 'some' : 'much';
  return (
    <section className="block" aria-label={title}>
      <h2>{title}</h2>
      <p>
        {migration.stayed === null
          ? ''
          : t('segments.migrationWords', { base: count(migration.base, locale), stayed: percent(migration.stayed, locale) })}{' '}
        {psi === null ? '' : t(`segments.psi.${psi}`, { value: decimal(migration.psi ?? 0, 3, locale) })}
      </p>
      {migration.same_definition ? null : <p className="note warn">{t('segments.migrationDefinition')}</p>}
      <Matrix migration={migration} names={names} title={title} />
      {chosen === null || view.run === null ? null : (
        <Movers key={chosen} run={view.run.id} move={chosen} names={names} onClose={() => choose(null)} />
      )}
    </section>
  );
}

function Matrix({
  migration,
  names,
  title,
}: {
  readonly migration: Migration;
  readonly names: ReadonlyMap<string, string>;
  readonly title: string;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const order = (ids: readonly (string | null)[]): readonly (string | null)[] => {
    const all = new Set(ids);
    return [
      ...[...names.keys()].filter((id) => all.has(id)),
      ...[...all].filter((id) => id !== null && !names.has(id)),
      ...(all.has(null) ? [null] : []),
    ];
  };
  const may = useMay();
  const rows = order(migration.rows.map((row) => row.from));
  const columns = order(migration.rows.map((row) => row.to));
  const cell = (from: string | null, to: string | null): number =>
    migration.rows.find((row) => row.from === from && row.to === to)?.customers ?? 0;
  const name = (id: string | null): string => (id === null ? t('segments.none') : (names.get(id) ?? id));
  return (
    <div className="scroller">
      <table className="table heat" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('segments.from')}</th>
            {columns.map((to) => (
              <th key={String(to)} scope="col" className="number">
                {name(to)}
              </th>
            ))}
            <th scope="col" className="number sum">
              {t('segments.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((from) => {
            const total = columns.reduce((sum, to) => sum + cell(from, to), 0);
            return (
              <tr key={String(from)}>
                <th scope="row">{name(from)}</th>
                {columns.map((to) => (
                  <td key={String(to)}>
                    <Cell
                      customers={cell(from, to)}
                      of={total}
                      move={may('voices.read') && !(from === null && to === null) ? `${from ?? ''}~${to ?? ''}` : null}
                    />
                  </td>
                ))}
                <td className="sum number">{count(total, locale)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ customers, of, move }: { readonly customers: number; readonly of: number; readonly move: string | null }) {
  const locale = useLocale();
  const [params] = useSearchParams();
  if (customers === 0) return <span className="heat-cell none">·</span>;
  const style = { '--heat': (customers / of).toFixed(2) } as CSSProperties;
  return (
    <span className="heat-cell" style={style} title={percent(customers / of, locale)}>
      {move === null ? count(customers, locale) : <Link to={withParams(params, { move })}>{count(customers, locale)}</Link>}
    </span>
  );
}
