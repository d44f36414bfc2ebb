import { useTranslation } from 'react-i18next';
import type { PreferenceRow, SegmentsView } from '../../model/segment-views.ts';
import { Answered } from '../kit/answered.tsx';
import { Evidence } from '../kit/evidence.tsx';
import { count, decimal, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { LiftMark } from './segment-card.tsx';
import type { Preferences } from './segments-api.ts';
import { usePreferencesOf } from './segments-api.ts';
import { inSegment } from './segment-words.ts';

const SHOWN = 24;
const RELIABLE = 0.05;

/** What each segment grieves about more than the others: the sentence, then the rows, each opening its voices. */
export function PreferencesOf({ view }: { readonly view: SegmentsView }) {
  const { t } = useTranslation();
  const query = usePreferencesOf(view.scheme, view.run?.id);
  return (
    <section className="block" aria-label={t('segments.preferencesTitle')}>
      <h2>{t('segments.preferencesTitle')}</h2>
      <Answered query={query} rows={5}>
        {(found) => <Rows view={view} found={found} />}
      </Answered>
    </section>
  );
}

function Rows({ view, found }: { readonly view: SegmentsView; readonly found: Preferences }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const sure = found.rows.filter((row) => row.q < RELIABLE);
  const shown = sure.slice(0, SHOWN);
  const segment = (row: PreferenceRow): string => view.cards.find((card) => card.id === row.segment)?.names[locale] ?? row.segment;
  const cause = (row: PreferenceRow): string =>
    found.labels['category_2']?.[row.category]?.[locale] ?? labels.value('category_2', row.category);
  const [top] = sure.filter((row) => row.lift > 1);
  if (shown.length === 0) return <p className="faint">{t('segments.preferencesNone')}</p>;
  return (
    <>
      {top === undefined ? null : (
        <p>
          {t('segments.preferencesWords', {
            segment: segment(top),
            category: cause(top),
            inside: percent(top.voices / top.base, locale),
            lift: decimal(top.lift, 2, locale),
            low: decimal(top.low, 2, locale),
            high: decimal(top.high, 2, locale),
          })}
        </p>
      )}
      <div className="scroller">
        <table className="table numbers" aria-label={t('segments.preferencesTitle')}>
          <thead>
            <tr>
              <th scope="col">{t('segments.segment')}</th>
              <th scope="col">{t('segments.cause')}</th>
              <th scope="col">{t('segments.times')}</th>
              <th scope="col" className="number">
                {t('segments.inside')}
              </th>
              <th scope="col" className="number">
                {t('segments.outside')}
              </th>
              <th scope="col" className="number">
                {t('segments.voices')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.segment} ${row.category}`}>
                <th scope="row">{segment(row)}</th>
                <td>{cause(row)}</td>
                <td>
                  <span className="segment-times">
                    <LiftMark lift={row} />
                    {decimal(row.lift, 2, locale)} [{decimal(row.low, 2, locale)}–{decimal(row.high, 2, locale)}]
                  </span>
                </td>
                <td className="number" title={`${count(row.voices, locale)} / ${count(row.base, locale)}`}>
                  {percent(row.voices / row.base, locale)}
                </td>
                <td className="number" title={`${count(row.others, locale)} / ${count(row.others_base, locale)}`}>
                  {percent(row.others / row.others_base, locale)}
                </td>
                <td className="number">
                  <Evidence
                    where={[...found.where, inSegment(view.scheme, row.segment), { field: 'category_2', in: [row.category] }]}
                    value={row.voices}
                  >
                    {count(row.voices, locale)}
                  </Evidence>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
