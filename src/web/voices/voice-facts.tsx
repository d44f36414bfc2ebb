import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VoiceWithOrders } from '../../model/voice-views.ts';
import type { RecordedFacts } from '../../model/recording.ts';
import { duration, percent } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { Reasons } from './reasons.tsx';
import { useSure } from './sure.ts';

type Fact = readonly [name: string, value: ReactNode];

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value], i) => (
          <div key={i} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Problem, cause, department, and which words decided. */
export function VoiceReading({ voice }: { readonly voice: VoiceWithOrders }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const sure = useSure();
  const levels = voice.category === null ? [] : voice.category.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
  const problem =
    levels.length === 0
      ? labels.value('category', null)
      : levels.map((code, i) => labels.value(i === 0 ? 'category_1' : i === 1 ? 'category_2' : 'category', code)).join(' › ');
  const confidence =
    voice.confidence === null
      ? null
      : t('voices.confidence', { words: sure(voice.confidence), value: percent(voice.confidence, locale, 0) });
  return (
    <section className="stack">
      <h2>{t('voices.reading')}</h2>
      <Facts
        facts={[
          [t('voices.category'), problem],
          [t('voices.confidenceName'), confidence],
          [t('voices.department'), voice.department === null ? null : labels.value('department', voice.department)],
          [t('voices.stage'), voice.stage === null ? null : labels.value('stage', voice.stage)],
          [t('voices.feeling'), voice.feeling === null ? null : labels.value('feeling', voice.feeling)],
          [t('voices.kindOnly'), labels.value('kind', voice.kind)],
        ]}
      />
      <h3>{t('voices.because')}</h3>
      <Reasons text={voice.text} because={voice.because} />
    </section>
  );
}

const TICKS = ['problem', 'upset', 'insists', 'online', 'explained'] as const;

/** What the agent wrote down at the desk beside the words: what he ticked, who is responsible, how soon he replied, and what came of it. */
export function VoiceRecorded({ facts }: { readonly facts: RecordedFacts }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const ticked = TICKS.filter((tick) => facts[tick]).map((tick) => t(`record.${tick}`));
  const replied =
    facts.first_reply_at === null
      ? t('record.firstReplyNone')
      : t('record.firstReplyAfter', {
          time: duration((Date.parse(facts.first_reply_at) - Date.parse(facts.started_at)) / 60_000, locale),
        });
  return (
    <section className="stack">
      <h2>{t('record.facts')}</h2>
      <Facts
        facts={[
          [t('record.recordedAt'), <When key="at" at={facts.recorded_at} />],
          [t('record.ticked'), ticked.length === 0 ? t('record.tickedNone') : ticked.join(' · ')],
          [t('record.responsible'), t(`record.responsibleValue.${facts.responsible}`)],
          [t('record.times'), facts.times],
          [t('record.script'), facts.script === null ? null : nameOf(facts.script)],
          [t('record.demand'), facts.demand],
          [t('record.solution'), facts.solution],
          [t('record.firstReply'), replied],
          [t('record.before'), facts.frequency_90d === 0 ? t('record.never') : t('record.beforeCount', { count: facts.frequency_90d })],
          [t('record.lastBefore'), facts.last_before_at === null ? null : <When key="before" at={facts.last_before_at} />],
          ...facts.effects.map(({ at, effect }, i): Fact => [
            i === 0 ? t('record.effect') : t('record.effectLater'),
            <span key={at}>
              {t(`record.effectValue.${effect}`)} <When at={at} />
            </span>,
          ]),
        ]}
      />
    </section>
  );
}

export function VoiceFacts({ voice, phone }: { readonly voice: VoiceWithOrders; readonly phone: string | null }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const named = (dimension: string, value: string | null) => (value === null ? null : labels.value(dimension, value));
  const place = (['city', 'district', 'community'] as const).map((level) => named(level, voice[level])).filter((p) => p !== null);
  return (
    <section className="stack">
      <h2>{t('voices.facts')}</h2>
      <Facts
        facts={[
          [t('voices.time'), <When key="said" at={voice.said_at} />],
          [t('voices.arrived'), <When key="arrived" at={voice.arrived_at} />],
          [t('voices.source'), named('source', voice.source)],
          [t('voices.kind'), `${labels.value('kind', voice.kind)} · ${labels.value('channel', voice.channel)}`],
          [t('voices.place'), place.join(' › ')],
          [t('voices.product'), [named('product', voice.product), named('plan', voice.plan)].filter((p) => p !== null).join(' · ')],
          [t('voices.customer'), voice.customer],
          [t('voices.phone'), phone],
          [t('voices.status'), voice.status],
          [t('voices.score'), voice.score],
          [
            t('voices.batch'),
            voice.batch === null ? null : (
              <Link key="batch" to={`/imports/${voice.batch}`}>
                {voice.batch}
              </Link>
            ),
          ],
          ...Object.entries(voice.attributes).map(([name, value]): Fact => [name, value]),
        ]}
      />
    </section>
  );
}
