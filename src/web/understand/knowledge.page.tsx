import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Answer, Filter } from '../../model/question.ts';
import { numberAt } from '../analyse/answer-shape.ts';
import '../analyse/analyse.css';
import { Opens } from '../analyse/opens.tsx';
import type { KnowledgeMap } from '../../model/knowledge-map.ts';
import { Answered } from '../kit/answered.tsx';
import { FilterBar } from '../kit/filter-bar.tsx';
import { count, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { withParams } from '../kit/url-state.ts';
import { When } from '../kit/when.tsx';
import './knowledge.css';
import { Matrix } from './matrix.tsx';
import { MapTree } from './tree.tsx';
import { Unmapped } from './unmapped.tsx';
import { MAP_VIEWS, useCauseNumbers, useKnowledgeMap, useMapState } from './use-map.ts';

/** From what was said to who must act: the causes the product knows, their words, their cells, and where it knows none. */
export function KnowledgePage() {
  const { t } = useTranslation();
  const may = useMay();
  const state = useMapState();
  const map = useKnowledgeMap();
  const numbers = useCauseNumbers(state.where);
  return (
    <div className="page">
      <PageHead
        name={t('nav.knowledge')}
        words={map.data === undefined ? t('nav.knowledge') : <MapWords map={map.data} numbers={numbers.data} where={state.where} />}
        under={map.data === undefined ? undefined : <MapUnder map={map.data} at={numbers.data?.as_of ?? null} />}
        help={{ doc: 'analyst', topics: ['unmapped', 'unmapped_share', 'mean_confidence'] }}
      />
      {may('numbers.read') ? (
        <>
          <Views current={state.view} />
          <FilterBar period={state.period} filters={state.filters} onChange={state.change} />
        </>
      ) : null}
      <Answered query={map} rows={12}>
        {(found) => {
          switch (may('numbers.read') ? state.view : 'tree') {
            case 'tree':
              return <MapTree map={found} numbers={numbers.data} where={state.where} />;
            case 'matrix':
              return <Matrix where={state.where} />;
            case 'unmapped':
              return <Unmapped where={state.where} />;
          }
        }}
      </Answered>
    </div>
  );
}

function Views({ current }: { readonly current: string }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  return (
    <nav className="tabs" aria-label={t('knowledge.views')}>
      {MAP_VIEWS.map((view) => (
        <Link
          key={view}
          to={withParams(params, { view: view === 'tree' ? null : view })}
          className={view === current ? 'active' : ''}
          {...(view === current ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`knowledge.view.${view}`)}
        </Link>
      ))}
    </nav>
  );
}

/** How much of what was said the map covers, and where it ends. */
function MapWords({
  map,
  numbers,
  where,
}: {
  readonly map: KnowledgeMap;
  readonly numbers: Answer | undefined;
  readonly where: readonly Filter[];
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const departments = new Set(map.leaves.map((leaf) => leaf.cell?.department)).size;
  const size = t('knowledge.size', { causes: map.leaves.length, departments });
  if (numbers === undefined || numbers.rows.length === 0) return <>{size}</>;
  const voices = (rows: Answer['rows']): number => rows.reduce((sum, row) => sum + (numberAt(row, 'voices') ?? 0), 0);
  const total = voices(numbers.rows);
  const unmapped = voices(numbers.rows.filter((row) => row['category'] === null));
  const silent = map.leaves.filter((leaf) => !numbers.rows.some((row) => row['category'] === leaf.code)).length;
  return (
    <>
      {size + t('explorer.separator') + t('knowledge.covers', { share: percent(total === 0 ? 0 : 1 - unmapped / total, locale) })}
      {unmapped === 0 ? null : (
        <>
          {t('explorer.separator')}
          <Opens where={[...where, { field: 'category', in: [null] }]} value={unmapped}>
            {t('knowledge.leaves', { value: count(unmapped, locale) })}
          </Opens>
        </>
      )}
      {silent === 0 ? '' : t('explorer.separator') + t('knowledge.silent', { count: silent })}
    </>
  );
}

function MapUnder({ map, at }: { readonly map: KnowledgeMap; readonly at: string | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { names, version } = map.pack;
  return (
    <>
      {t('knowledge.pack', { name: names[locale], version, terms: count(map.terms, locale), examples: count(map.examples, locale) })}
      {at === null ? null : (
        <>
          {' · '}
          {t('common.asOf', { time: '' })}
          <When at={at} />
        </>
      )}
    </>
  );
}
