import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Filter } from '../../model/question.ts';
import { voicesBehind } from '../../model/voices-behind.ts';
import { Opens } from '../analyse/opens.tsx';
import type { Day } from '../../model/overview.ts';
import { Chart } from '../kit/chart.tsx';
import { voicesAddress } from '../kit/filters-url.ts';
import { count, signedPercent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useShade } from '../kit/shade.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { toDayBarsOption } from './day-bars.chart.ts';
import { dayAndWeekday, dayWords } from './day-words.ts';

/** The filters of the page without its weeks, for one day. */
const ofDay = (focus: readonly Filter[], day: string): readonly Filter[] =>
  voicesBehind({ by: ['day'], where: focus.filter((filter) => !('field' in filter && filter.field === 'said_at')) }, { day });

export function DayBars({ days, focus }: { readonly days: readonly Day[]; readonly focus: readonly Filter[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const shade = useShade();
  const go = useNavigate();
  const labels = useLabels();
  const voices = labels.measure('voices');
  const option = useMemo(
    () =>
      toDayBarsOption(days, {
        shade,
        voices,
        usual: t('overview.usualLine'),
        running: t('overview.running'),
        day: (day) => dayAndWeekday(day, locale),
        short: (day) => dayWords(day, locale),
        figure: (value) => (value === null ? '–' : count(value, locale)),
      }),
    [days, shade, voices, locale, t],
  );
  const whole = days.filter((day) => !day.partial).map((day) => day.voices);
  const label = t('overview.dayLabel', {
    days: days.length,
    max: count(Math.max(0, ...whole), locale),
    min: count(Math.min(...whole, Infinity), locale),
  });
  const open = (index: number): void => {
    const day = days[index];
    if (day !== undefined) void go(voicesAddress(ofDay(focus, day.day)));
  };
  return (
    <>
      <Chart option={option} label={label} height={236} onPick={open} table={<DayTable days={days} focus={focus} />} />
      <p className="caption">
        <span>
          <i className="swatch" aria-hidden="true" />
          {t('overview.whole')}
        </span>
        {days.some((day) => day.partial) ? (
          <span>
            <i className="swatch hollow" aria-hidden="true" />
            {t('overview.running')}
          </span>
        ) : null}
        <span>
          <i className="swatch usual" aria-hidden="true" />
          {t('overview.usualLine')}
        </span>
      </p>
    </>
  );
}

function DayTable({ days, focus }: { readonly days: readonly Day[]; readonly focus: readonly Filter[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  return (
    <div className="scroller">
      <table className="table numbers">
        <thead>
          <tr>
            <th scope="col">{t('overview.day')}</th>
            <th scope="col" className="number">
              {labels.measure('voices')}
            </th>
            <th scope="col" className="number">
              {t('overview.usualColumn')}
            </th>
            <th scope="col" className="number">
              {t('overview.differs')}
            </th>
            <th scope="col" className="number">
              {labels.measure('complaints')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.day}>
              <td>
                {dayAndWeekday(day.day, locale)} {day.partial ? <span className="tag">{t('overview.running')}</span> : null}
              </td>
              <td className="number">
                <Opens where={ofDay(focus, day.day)} value={day.voices}>
                  {count(day.voices, locale)}
                </Opens>
              </td>
              <td className="number">{day.usual === null ? '–' : count(day.usual, locale)}</td>
              <td className="number">
                {day.usual === null || day.usual === 0 || day.partial ? '–' : signedPercent(day.voices / day.usual - 1, locale)}
              </td>
              <td className="number">
                <Opens where={[...ofDay(focus, day.day), { field: 'kind', in: ['complaint'] }]} value={day.complaints}>
                  {count(day.complaints, locale)}
                </Opens>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
