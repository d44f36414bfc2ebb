import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Filter } from '../../model/question.ts';
import { FilterBar } from '../kit/filter-bar.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { addressOfPain, crumbsOf, startOf } from './pain-view.ts';
import type { PainState } from './pain-view.ts';

/** Which voices: the period and words on top, the path of choices below, each step of it a way back. */
export function PainFilters({
  state,
  onChange,
  children,
}: {
  readonly state: PainState;
  readonly onChange: (state: PainState) => void;
  readonly children?: ReactNode;
}) {
  const path = state.filters.filter((f) => 'in' in f);
  const others = state.filters.filter((f) => !('in' in f));
  const change = (period: PainState['period'], filters: readonly Filter[]): void => {
    const added = filters.filter((f) => 'in' in f);
    onChange({ ...state, period, filters: [...path, ...added, ...filters.filter((f) => !('in' in f))] });
  };
  return (
    <section className="stack">
      <div className="row" style={{ alignItems: 'flex-end', gap: '8px 16px' }}>
        <FilterBar period={state.period} filters={others} onChange={change} />
        {children}
      </div>
      {path.length === 0 ? null : <Path state={state} onChange={onChange} />}
    </section>
  );
}

function Path({ state, onChange }: { readonly state: PainState; readonly onChange: (state: PainState) => void }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [params] = useSearchParams();
  const crumbs = crumbsOf(state);
  return (
    <nav className="crumbs" aria-label={t('pain.path')}>
      <Link to={`?${addressOfPain(startOf(state), params).toString()}`}>{t('pain.everything')}</Link>
      {crumbs.map((crumb, i) => {
        const name = crumb.values.map((value) => labels.value(crumb.field, value)).join(t('pain.or'));
        const last = i === crumbs.length - 1;
        return (
          <span key={`${crumb.field}-${i}`} className="crumb">
            <i aria-hidden="true">›</i>
            {last ? (
              <strong aria-current="step" title={labels.dimension(crumb.field)}>
                {name}
              </strong>
            ) : (
              <Link to={`?${addressOfPain(crumb.back, params).toString()}`} title={labels.dimension(crumb.field)}>
                {name}
              </Link>
            )}
            <button
              type="button"
              aria-label={t('common.remove', { what: `${labels.dimension(crumb.field)}: ${name}` })}
              onClick={() => onChange({ ...state, filters: state.filters.filter((f) => !('in' in f && f.field === crumb.field)) })}
            >
              ×
            </button>
          </span>
        );
      })}
    </nav>
  );
}
