import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CauseChoice, CustomerAtDesk, EarlierVoice } from '../../model/recording.ts';
import { percent } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';

interface Panel {
  readonly found: CustomerAtDesk | null;
  readonly causes: readonly CauseChoice[];
}

/** Who is on the line: how often he came, his last complaint, who he is, and what he said before. */
export function CustomerPanel({ found, causes }: Panel) {
  const { t } = useTranslation();
  if (found === null) return <Framed>{<p className="faint">{t('record.deskNone')}</p>}</Framed>;
  const { frequency_90d: count, complaints_90d: complaints } = found;
  return (
    <Framed>
      <strong>{count === 0 ? t('record.never') : t('record.frequency', { count, complaints })}</strong>
      {found.known ? <Facts found={found} /> : <p className="faint">{t('record.deskUnknown')}</p>}
      <h3>{t('record.history')}</h3>
      {found.history.length === 0 ? <p className="faint">{t('record.historyNone')}</p> : null}
      <ul className="plain-list tight">
        {found.history.map((one, i) => (
          <Earlier key={i} voice={one} causes={causes} />
        ))}
      </ul>
    </Framed>
  );
}

function Framed({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className="panel pad stack" aria-live="polite" aria-label={t('record.desk')}>
      <h2>{t('record.desk')}</h2>
      {children}
    </section>
  );
}

function Facts({ found }: { readonly found: CustomerAtDesk }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const named = (dimension: string, value: string | null): string | null => (value === null ? null : labels.value(dimension, value));
  const place = (['city', 'district', 'community'] as const).map((level) => named(level, found[level])).filter((one) => one !== null);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('record.desk'), [found.name, found.phone].filter((one) => one !== null).join(' · ')],
    [t('record.brand'), [found.brand, found.value_tier].filter((one) => one !== null).join(' · ')],
    [t('record.tenure'), found.tenure_months === null ? null : t('record.months', { count: found.tenure_months })],
    [t('record.plan'), [named('product', found.product), named('plan', found.plan)].filter((one) => one !== null).join(' · ')],
    [t('record.place'), place.join(' › ')],
    [
      t('record.lastComplaint'),
      found.last_complaint_at === null ? t('record.noComplaint') : <When key="at" at={found.last_complaint_at} />,
    ],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Earlier({ voice, causes }: { readonly voice: EarlierVoice; readonly causes: readonly CauseChoice[] }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const locale = useLocale();
  const labels = useLabels();
  const cause = causes.find((one) => one.code === voice.category);
  const name = cause === undefined ? labels.value('category', voice.category) : nameOf(cause.names);
  return (
    <li className="stack" style={{ gap: 2 }}>
      <span className="row between">
        <span>
          <span className="tag">{labels.value('kind', voice.kind)}</span>{' '}
          {voice.id === null ? name : <Link to={`/voices?period=all&voice=${voice.id}`}>{name}</Link>}
        </span>
        <When at={voice.said_at} />
      </span>
      <span className="faint">{voice.text ?? t('record.notYours')}</span>
      <span className="row faint">
        {voice.effect === null ? null : <span>{t(`record.effectValue.${voice.effect}`)}</span>}
        {voice.level === null ? null : <span className="tag">{t('record.level', { count: voice.level })}</span>}
        {voice.probability === null ? null : <span>{t('record.probability', { value: percent(voice.probability, locale) })}</span>}
      </span>
    </li>
  );
}
