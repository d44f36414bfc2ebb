import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Funnel, FunnelGroup, FunnelShare } from '../../model/funnel.ts';
import { FigureTable } from '../kit/figure-table.tsx';
import { Whisker } from '../kit/whisker.tsx';
import { count, percent } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { withParams } from '../kit/url-state.ts';
import type { FunnelPart } from './funnel-calls.ts';
import { partText } from './funnel-part.ts';

function Opens({ part, shown, children }: { readonly part: FunnelPart; readonly shown: number; readonly children: string }) {
  const [params] = useSearchParams();
  if (shown === 0) return <span>{children}</span>;
  return (
    <Link className="figure" to={withParams(params, { part: partText(part) })}>
      {children}
    </Link>
  );
}

/** The chain as bars: as long as their share of all who were dissatisfied, each with its interval. */
export function FunnelSteps({ found }: { readonly found: Funnel }) {
  const all: FunnelShare = { customers: found.dissatisfied, base: found.dissatisfied, share: 1, low: 1, high: 1 };
  const steps: readonly (readonly [FunnelPart['stage'], FunnelShare, number])[] = [
    ['all', all, 0],
    ['silent', found.stages.silent, 1],
    ['spoke', found.spoke, 1],
    ['satisfied', found.stages.satisfied, 2],
    ['quiet', found.stages.quiet, 2],
    ['escalated', found.stages.escalated, 2],
    ['complained', found.stages.complained, 2],
  ];
  const { t } = useTranslation();
  return (
    <section className="panel pad">
      <ul className="funnel-steps" aria-label={t('funnel.title')}>
        {steps.map(([stage, share, depth]) => (
          <Step key={stage} stage={stage} share={share} depth={depth} />
        ))}
      </ul>
    </section>
  );
}

function Step({ stage, share, depth }: { readonly stage: FunnelPart['stage']; readonly share: FunnelShare; readonly depth: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const interval = stage === 'all' ? '' : `${percent(share.low, locale)}–${percent(share.high, locale)}`;
  return (
    <li className={`depth-${depth}`}>
      <span>{t(`funnel.stage.${stage}`)}</span>
      <span className={`funnel-bar ${stage === 'complained' || stage === 'escalated' ? 'hot' : ''}`} aria-hidden="true">
        <i style={{ width: `${share.share * 100}%` }} />
        {stage === 'all' ? null : <b style={{ left: `${share.low * 100}%`, width: `${(share.high - share.low) * 100}%` }} />}
      </span>
      <span className="nowrap">
        <Opens part={{ stage }} shown={share.customers}>
          {count(share.customers, locale)}
        </Opens>{' '}
        · {percent(share.share, locale)} <span className="faint">{interval}</span>
      </span>
    </li>
  );
}

/** Who stays silent: groups with enough customers first, the most silent on top. */
export function FunnelGroups({
  title,
  rows,
  dimension,
}: {
  readonly title: string;
  readonly rows: readonly FunnelGroup[];
  readonly dimension: 'segment' | 'city' | 'district';
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  if (rows.length < 2) return null;
  const shown = rows.slice(0, 20);
  const most = Math.max(0.1, ...shown.filter(({ few }) => !few).map(({ silent }) => silent.high));
  return (
    <FigureTable
      title={title}
      titles={[
        { text: t(`funnel.group.${dimension}`) },
        { text: t('funnel.base'), number: true },
        { text: t('funnel.silent'), number: true },
        { text: t('funnel.share') },
        { text: t('funnel.complainedShare'), number: true },
      ]}
    >
      {shown.map((row) => {
        const of = { [dimension]: row.code ?? '' };
        return (
          <tr key={row.code ?? ''}>
            <th scope="row">{nameOf(row.names)}</th>
            <td className="number">
              <Opens part={{ stage: 'all', ...of }} shown={row.silent.base}>
                {count(row.silent.base, locale)}
              </Opens>
            </td>
            <td className="number">
              <Opens part={{ stage: 'silent', ...of }} shown={row.silent.customers}>
                {count(row.silent.customers, locale)}
              </Opens>
            </td>
            <td>
              <Silent share={row.silent} few={row.few} most={most} />
            </td>
            <td className="number">
              <Opens part={{ stage: 'complained', ...of }} shown={row.complained.customers}>
                {percent(row.complained.share, locale)}
              </Opens>
            </td>
          </tr>
        );
      })}
    </FigureTable>
  );
}

function Silent({ share, few, most }: { readonly share: FunnelShare; readonly few: boolean; readonly most: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Whisker share={share.share} low={share.low} high={share.high} most={most}>
      {percent(share.share, locale)}{' '}
      <span className="faint">{few ? t('funnel.few') : `${percent(share.low, locale)}–${percent(share.high, locale)}`}</span>
    </Whisker>
  );
}
