import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Drawer, Select } from 'antd';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { PeaksView } from '../../../model/peaks.ts';
import { DIMENSION_OF, SCHEME_IDS } from '../../../model/segment-views.ts';
import { Answered } from '../../kit/answered.tsx';
import { count, decimal, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { SchemeSelect, schemeChosen } from '../../kit/scheme-select.tsx';
import { useParam } from '../../kit/url-state.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { VoiceList } from '../../kit/voice-list.tsx';
import { fieldVoices, peaks } from './calls.ts';
import { EffectNote } from './effect-note.tsx';
import { LinesPart } from './lines-part.tsx';
import { PeakMap } from './peak-map.tsx';

/** No segment is written as `-` in the address. */
const NONE = '-';

export function MapPart({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const scheme = SCHEME_IDS.find((one) => one === params.get('scheme')) ?? 'rules';
  const [chosen, choose] = useParam('segment');
  const segment = chosen === NONE ? '' : chosen;
  const query = useQuery({
    queryKey: ['peaks', scheme, segment],
    queryFn: async () => ({ ...(await peaks(scheme, segment)), of: segment }),
    placeholderData: keepPreviousData,
  });
  const words = useWords(query.data);
  return (
    <div className="page">
      <PageHead name={t('peaks.name')} {...words} help={{ doc: 'analyst' }} />
      {tabs}
      <Answered query={query} rows={10}>
        {(found) => (
          <>
            <section className="block" aria-label={t('peaks.tab.map')}>
              <SchemeSelect scheme={scheme} onChoose={(one) => setParams((old) => schemeChosen(old, one, ['segment', 'field']))} />
              <SegmentSelect found={found} chosen={chosen} onChoose={choose} />
              <PeakMap found={found} segment={found.of} />
              <p className="quiet">{t('peaks.help.map', { days: found.days })}</p>
            </section>
            <EffectNote effect={found.effect} />
            <LinesPart found={found} />
          </>
        )}
      </Answered>
      <FieldDrawer />
    </div>
  );
}

function useWords(found: PeaksView | undefined): { readonly words: string; readonly under?: string } {
  const { t } = useTranslation();
  const locale = useLocale();
  if (found === undefined) return { words: t('peaks.name') };
  const { lines } = found;
  const solved = lines.filter((one) => one.line !== null);
  if (solved.length === 0) return { words: t(lines.length === 0 ? 'peaks.wordsNone' : 'peaks.wordsNoHistory') };
  const sum = (of: (line: PeaksView['lines'][number]) => number): number => lines.reduce((all, line) => all + of(line), 0);
  const figure = (value: number): string => decimal(value, value < 10 ? 1 : 0, locale);
  const over = sum((line) => Math.max(0, line.above - line.held_out - line.calls));
  const words = t('peaks.words', {
    above: count(
      sum((line) => line.above),
      locale,
    ),
    specialists: found.specialists,
    hours: figure(sum((line) => line.minutes) / 60),
    calls: count(
      sum((line) => line.calls),
      locale,
    ),
    prevented: figure(sum((line) => line.prevented)),
    low: figure(sum((line) => line.prevented_low)),
    high: figure(sum((line) => line.prevented_high)),
  });
  return {
    words: over === 0 ? words : `${words}${t('peaks.wordsBusy', { over })}`,
    under: t('peaks.under', { share: percent(found.hold_out, locale), held: sum((line) => line.held_out) }),
  };
}

function SegmentSelect({
  found,
  chosen,
  onChoose,
}: {
  readonly found: PeaksView;
  readonly chosen: string | null;
  readonly onChoose: (segment: string | null) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const id = useId();
  const options = [
    { value: '', label: t('peaks.allSegments') },
    ...found.segments.map(({ segment, n }) => ({
      value: segment ?? NONE,
      label: `${segment === null ? t('peaks.noSegment') : labels.value(DIMENSION_OF[found.scheme], segment)} · ${count(n, locale)}`,
    })),
  ];
  return (
    <div className="row">
      <label htmlFor={id}>{t('peaks.segment')}</label>
      <Select id={id} style={{ width: 240 }} value={chosen ?? ''} options={options} onChange={(value: string) => onChoose(value)} />
      <span className="faint">{t('peaks.scored', { share: percent(found.scored, locale, 0) })}</span>
      {found.nobodys === 0 ? null : <span className="state needs">{t('peaks.nobodys', { count: found.nobodys })}</span>}
    </div>
  );
}

function FieldDrawer() {
  const { t } = useTranslation();
  const [field, open] = useParam('field');
  return (
    <Drawer
      open={field !== null}
      onClose={() => open(null)}
      title={t('peaks.why')}
      size={620}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      {field === null ? null : (
        <VoiceList name={['peaks', field]} ask={(cursor) => fieldVoices(field, cursor)} words={(n) => t('peaks.ofField', { count: n })} />
      )}
    </Drawer>
  );
}
