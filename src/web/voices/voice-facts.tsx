import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VoiceDetail } from '../api/types.ts';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { useReasonText } from './highlighted.tsx';

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
export function VoiceReading({ voice }: { readonly voice: VoiceDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const reason = useReasonText();
  const levels = voice.category === null ? [] : voice.category.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
  const problem =
    levels.length === 0
      ? labels.value('category', null)
      : levels.map((code, i) => labels.value(i === 0 ? 'category_1' : i === 1 ? 'category_2' : 'category', code)).join(' › ');
  const sure = voice.confidence === null ? '' : ` · ${t('voices.confidence', { value: percent(voice.confidence, locale, 0) })}`;
  const shortReasons = voice.because.slice(0, 6).map((b) => `“${voice.text.slice(b.from, b.before)}” ${reason(b)}`);
  return (
    <section className="stack">
      <h2>{t('voices.reading')}</h2>
      <Facts
        facts={[
          [t('voices.category'), problem + sure],
          [t('voices.department'), voice.department === null ? null : labels.value('department', voice.department)],
          [t('voices.stage'), voice.stage === null ? null : labels.value('stage', voice.stage)],
          [t('voices.feeling'), voice.feeling === null ? null : labels.value('feeling', voice.feeling)],
          [t('voices.because'), shortReasons.length === 0 ? null : shortReasons.map((line, i) => <div key={i}>{line}</div>)],
        ]}
      />
    </section>
  );
}

export function VoiceFacts({ voice, phone }: { readonly voice: VoiceDetail; readonly phone: string | null }) {
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
