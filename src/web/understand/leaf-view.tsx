import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Filter } from '../../model/question.ts';
import { numberAt } from '../analyse/answer-shape.ts';
import type { AnswerRow } from '../analyse/answer-shape.ts';
import { MeasureHelp } from '../analyse/measure-help.tsx';
import { Opens } from '../analyse/opens.tsx';
import { ask, knowledgeLeaf } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { count, percent } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { Part, Quality, Script, Sentences, Words } from './leaf-parts.tsx';
import type { MapLeaf } from '../../model/knowledge-map.ts';

/** One cause in full: whose it is, how it is said, how it is told from its neighbours, how well it is read. */
export function LeafView({
  leaf,
  row,
  where,
  path,
}: {
  readonly leaf: MapLeaf;
  readonly row: AnswerRow | undefined;
  readonly where: readonly Filter[];
  readonly path: readonly string[];
}) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const reads = useMay()('numbers.read');
  const query = useQuery({ queryKey: ['knowledge-leaf', leaf.code], queryFn: () => knowledgeLeaf(leaf.code), staleTime: 300_000 });
  const behind: readonly Filter[] = [...where, { field: 'category', in: [leaf.code] }];
  return (
    <section className="panel leaf-view">
      <header>
        <div className="eyebrow">{path.join(' › ')}</div>
        <h2>{nameOf(leaf.names)}</h2>
        {reads ? <LeafFigures row={row} behind={behind} /> : null}
      </header>
      <Cell leaf={leaf} />
      <Answered query={query} rows={8}>
        {(detail) => (
          <>
            <Script detail={detail} />
            <Words detail={detail} />
            <Sentences detail={detail} />
            <Quality detail={detail} />
          </>
        )}
      </Answered>
      {reads && row !== undefined ? <Filed behind={behind} /> : null}
      {reads ? (
        <p>
          <Link to={`/pain-points?f=category:${encodeURIComponent(leaf.code)}&rank=district`}>{t('knowledge.toPainPoints')}</Link>
        </p>
      ) : null}
    </section>
  );
}

function LeafFigures({ row, behind }: { readonly row: AnswerRow | undefined; readonly behind: readonly Filter[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const voices = row === undefined ? 0 : (numberAt(row, 'voices') ?? 0);
  if (row === undefined || voices === 0) return <p className="quiet">{t('knowledge.noVoices')}</p>;
  const complaints = numberAt(row, 'complaints') ?? 0;
  const confidence = numberAt(row, 'mean_confidence');
  return (
    <p className="row" style={{ gap: '4px 20px' }}>
      <Opens where={behind} value={voices}>
        {t('common.voicesCount', { count: voices, value: count(voices, locale) })}
      </Opens>
      <span className="quiet">
        {labels.measure('complaint_share')}{' '}
        <Opens where={[...behind, { field: 'kind', in: ['complaint'] }]} title={`${count(complaints, locale)} / ${count(voices, locale)}`}>
          {percent(complaints / voices, locale)}
        </Opens>
      </span>
      {confidence === null ? null : (
        <span className="quiet">
          {labels.measure('mean_confidence')} {percent(confidence, locale, 0)} <MeasureHelp name="mean_confidence" where={behind} />
        </span>
      )}
    </p>
  );
}

/** Where it belongs on the four dimensions, and where on the customer's way. */
function Cell({ leaf }: { readonly leaf: MapLeaf }) {
  const labels = useLabels();
  const { cell, stage } = leaf;
  if (cell === null) return null;
  const facts = [
    ['department', cell.department],
    ['business', cell.business],
    ['support', cell.support],
    ['bearer', cell.bearer],
    ['stage', stage],
  ] as const;
  return (
    <dl className="cell-facts">
      {facts.map(([dimension, code]) => (
        <div key={dimension}>
          <dt>{labels.dimension(dimension)}</dt>
          <dd>{code === null ? '–' : labels.value(dimension, code)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What agents had filed these voices as: agreement, and the neighbours they are confused with. */
function Filed({ behind }: { readonly behind: readonly Filter[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const question = { measures: ['voices'], by: ['recorded_category'], where: [...behind], limit: 6 };
  const query = useQuery({ queryKey: ['ask', question], queryFn: () => ask(question) });
  const rows = (query.data?.rows ?? []).filter((row) => row['recorded_category'] !== null);
  if (rows.length === 0) return null;
  return (
    <Part title={t('knowledge.filed')}>
      <ul className="quotes">
        {rows.map((row) => {
          const name = String(row['recorded_category']);
          const voices = numberAt(row, 'voices') ?? 0;
          return (
            <li key={name}>
              {labels.value('recorded_category', name, query.data)}{' '}
              <Opens where={[...behind, { field: 'recorded_category', in: [name] }]} value={voices}>
                {count(voices, locale)}
              </Opens>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}
