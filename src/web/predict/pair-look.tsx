import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairProfile, PairRow, PairsView } from '../../model/pair-views.ts';
import { Answered } from '../kit/answered.tsx';
import { Chart } from '../kit/chart.tsx';
import { count, decimal } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { useShade } from '../kit/shade.tsx';
import { useParam } from '../kit/url-state.ts';
import { useIntoView } from '../kit/use-into-view.ts';
import { lookAtPair } from './pairs-api.ts';
import type { ChosenPair } from './pairs-api.ts';
import { PairChecks } from './pair-checks.tsx';
import { PairForest } from './pair-forest.tsx';
import { PairPeople } from './pair-people.tsx';
import { type Counted, PairVoices } from './pair-voices.tsx';
import { RatioCells } from './ratio-cells.tsx';
import { usePairSentence, useRatioWords } from './pair-words.ts';
import { toRatioOption } from './ratio.chart.ts';

/** One pair closely: when it happens, whether it lasts, for whom, how it holds against doubts, and who is behind it. */
export function PairLook({
  view,
  row,
  run,
  days,
}: {
  readonly view: PairsView;
  readonly row: PairRow;
  readonly run: number;
  readonly days: number;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const place = useIntoView(useParam('pair')[0]);
  const chosen = useMemo((): ChosenPair => ({ grievance: row.grievance, complaint: row.complaint, segment: row.segment ?? '' }), [row]);
  const query = useQuery({ queryKey: ['pairs', 'look', run, chosen], queryFn: () => lookAtPair(run, chosen), staleTime: Infinity });
  const sentenceOf = usePairSentence(view.segments, days);
  return (
    <section className="stack wide" id="pair" ref={place}>
      <h2>{t('pairs.chosen')}</h2>
      <p className="pair-said">{sentenceOf(row)}</p>
      <Answered query={query} rows={8}>
        {({ profile, everywhere }) => (
          <>
            {profile === null ? (
              <p className="quiet">{t('pairs.peopleNotKept')}</p>
            ) : (
              <Curves run={run} chosen={chosen} profile={profile} row={row} days={days} />
            )}
            <PairForest view={view} everywhere={everywhere} row={row} />
            <PairChecks row={row} profile={profile} summary={view.summary} />
            {profile === null || !may('voices.read') ? null : <PairPeople run={run} chosen={chosen} row={row} />}
          </>
        )}
      </Answered>
    </section>
  );
}

/**
 * When after the grievance, and in which months. The dots of the window and of the months open their complaints; hollow dots (before the
 * grievance, after the window) open nothing, because a run keeps the voices of the window alone.
 */
function Curves({
  run,
  chosen,
  profile,
  row,
  days,
}: {
  readonly run: number;
  readonly chosen: ChosenPair;
  readonly profile: PairProfile;
  readonly row: PairRow;
  readonly days: number;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const [opened, setOpened] = useState<Counted | null>(null);
  const open = may('voices.read') ? setOpened : null;
  const lags = profile.lags.map(({ from, before, rate, complaints }) => ({
    label: before - from === 1 ? decimal(from + (from < 0 ? 0 : 1), 0, locale).replace('-', '−') : `${from}–${before}`.replaceAll('-', '−'),
    rate,
    complaints,
    aside: from < 0 || from >= days,
    mark: from < 0 || before > days ? null : { from, before },
  }));
  const months = profile.months.map(({ month, rate, complaints }) => ({ label: month, rate, complaints, aside: false, mark: { month } }));
  const inside = lags.filter(({ aside }) => !aside);
  const peak = inside.reduce((best, one) => ((one.rate?.ratio ?? 0) > (best.rate?.ratio ?? 0) ? one : best), inside[0] ?? lags[0]!);
  return (
    <div className="pair-curves">
      <div className="panel pad">
        <h3>{t('pairs.lag')}</h3>
        <RatioChart
          points={lags}
          axis={t('pairs.lagDay')}
          open={open}
          label={t('pairs.lagLabel', { inside: count(row.complaints, locale), peak: peak.label })}
        />
        <p className="faint">{t('pairs.lagNote')}</p>
      </div>
      <div className="panel pad">
        <h3>{t('pairs.months')}</h3>
        <RatioChart points={months} axis={t('pairs.month')} open={open} label={t('pairs.monthsLabel')} />
        <p className="faint">{monthWords()}</p>
      </div>
      <PairVoices run={run} chosen={chosen} of={opened} onClose={() => setOpened(null)} />
    </div>
  );
  function monthWords(): string {
    const p = profile.months_p;
    if (p === null) return t('pairs.monthsFew');
    return t(p < 0.05 ? 'pairs.monthsDiffer' : 'pairs.monthsSame', { p: p < 0.001 ? '<0.001' : decimal(p, 3, locale) });
  }
}

type Open = ((point: Counted) => void) | null;

function RatioChart({
  points,
  axis,
  label,
  open,
}: {
  readonly points: readonly Counted[];
  readonly axis: string;
  readonly label: string;
  readonly open: Open;
}) {
  const { t } = useTranslation();
  const shade = useShade();
  const figure = useRatioWords();
  const option = useMemo(
    () => toRatioOption(points, { shade, ratio: t('pairs.ratio'), figure, tooFew: t('pairs.tooFew') }),
    [points, shade, figure, t],
  );
  const pick = useMemo(
    () => (dataIndex: number) => {
      const point = points[dataIndex];
      if (point !== undefined && point.mark !== null) open?.(point);
    },
    [points, open],
  );
  return <Chart option={option} label={label} height={240} onPick={pick} table={<RatioTable points={points} axis={axis} open={open} />} />;
}

function RatioTable({ points, axis, open }: { readonly points: readonly Counted[]; readonly axis: string; readonly open: Open }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className="scroller">
      <table className="table numbers">
        <thead>
          <tr>
            <th scope="col">{axis}</th>
            <th scope="col" className="number">
              {t('pairs.complaint')}
            </th>
            <th scope="col" className="number">
              {t('pairs.ratio')}
            </th>
            <th scope="col" className="number">
              {t('pairs.interval')}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.label}>
              <td>{point.label}</td>
              <td className="number">
                {open === null || point.mark === null ? (
                  count(point.complaints, locale)
                ) : (
                  <button type="button" className="figure" onClick={() => open(point)}>
                    {count(point.complaints, locale)}
                  </button>
                )}
              </td>
              <RatioCells rate={point.rate} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
