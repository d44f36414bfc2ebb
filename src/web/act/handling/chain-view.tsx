import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { InboundChain } from '../../../model/handling.ts';
import { GRIEVANCE_KINDS } from '../../../model/satisfaction.ts';
import { Answered } from '../../kit/answered.tsx';
import { Empty } from '../../kit/empty.tsx';
import { voicesAddress } from '../../kit/filters-url.ts';
import { count, percent } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { useParam } from '../../kit/url-state.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { inboundChain } from './calls.ts';

/** The study's inbound chain for one voice, from who speaks to what may be offered. */
export function ChainView({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const [voice, choose] = useParam('of');
  const [typed, type] = useState(voice ?? '');
  const id = useId();
  const query = useQuery({
    queryKey: ['handling-chain', voice],
    queryFn: () => inboundChain(voice ?? ''),
    enabled: voice !== null,
    retry: false,
  });
  return (
    <div className="page">
      <PageHead name={t('handling.name')} words={t('handling.wordsChain')} help={{ doc: 'analyst' }} />
      {tabs}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          choose(typed.trim());
        }}
      >
        <label htmlFor={id}>{t('handling.voiceNo')}</label>
        <Input id={id} style={{ width: 200 }} inputMode="numeric" value={typed} onChange={(e) => type(e.target.value.replace(/\D/g, ''))} />
        <Button htmlType="submit">{t('handling.show')}</Button>
      </form>
      {voice === null ? (
        <div className="panel">
          <Empty why={t('handling.chainNone')} next={t('handling.chainNoneNext')}>
            <Link to={voicesAddress([{ field: 'kind', in: [...GRIEVANCE_KINDS] }])}>{t('handling.toVoices')}</Link>
          </Empty>
        </div>
      ) : (
        <Answered query={query} rows={6}>
          {(chain) => <Steps chain={chain} />}
        </Answered>
      )}
    </div>
  );
}

function Steps({ chain }: { readonly chain: InboundChain }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const labels = useLabels();
  const share = (value: number): string => percent(value, locale);
  const { customer, risk, odds, expectation, tried } = chain;
  const saidOf = (one: InboundChain['strategies'][number]): string =>
    `${nameOf(one.who)} · ${t('handling.within', { hours: one.within_hours })} · ${nameOf(one.offer)}`;
  const who =
    customer === null
      ? t('handling.noCustomer')
      : [customer.segment === null ? t('handling.noSegment') : labels.value('segment', customer.segment), customer.value_tier]
          .filter((one) => one !== null)
          .join(' · ');
  const steps: readonly (readonly [string, ReactNode])[] = [
    [t('handling.customerType'), who],
    [
      t('handling.grievance'),
      <Link key="voice" to={`/voices?voice=${chain.voice}`}>
        {chain.category === null ? t('handling.unmapped') : labels.value('category', chain.category)}
      </Link>,
    ],
    [
      t('handling.probability'),
      <div key="odds" className="stack" style={{ gap: 2 }}>
        <span>
          {odds === null
            ? t('handling.oddsNone')
            : t('handling.odds', { p: share(odds.p30), low: share(odds.low), high: share(odds.high) })}
        </span>
        <span className="faint">
          {risk === null
            ? t('handling.riskNone')
            : t('handling.risk', {
                share: share(risk.share),
                low: share(risk.low),
                high: share(risk.high),
                grievances: count(risk.grievances, locale),
              })}
        </span>
      </div>,
    ],
    [t('handling.level'), chain.level === null ? t('handling.levelNone') : String(chain.level)],
    [t('handling.department'), chain.department === null ? '–' : labels.value('department', chain.department)],
    [
      t('handling.expectation'),
      expectation === null
        ? '–'
        : `${nameOf(expectation.expectation)} → ${nameOf(expectation.solution)}（${labels.value('department', expectation.department)}）`,
    ],
    ...(tried === null
      ? []
      : [
          [
            t('handling.tried'),
            <span key="tried">
              <strong>{tried.offer ?? t('handling.triedAsAlways')}</strong>{' '}
              <Link className="faint" to={`/experiments/${tried.experiment.id}`}>
                {t('handling.triedArm', { experiment: tried.experiment.name, arm: tried.arm })}
              </Link>
            </span>,
          ] as const,
        ]),
    ...(chain.order === null
      ? []
      : [
          [
            t('handling.order'),
            <Link key="order" to={`/orders/${chain.order.id}`}>
              {chain.order.title}
            </Link>,
          ] as const,
        ]),
    [
      t('handling.byTier', { tier: t(`handling.tier.${chain.tier}`) }),
      <ol key="levels" reversed start={5} style={{ margin: 0, paddingLeft: 20 }}>
        {chain.strategies.map((one) => (
          <li key={one.level}>{one.level === chain.level ? <strong>{saidOf(one)}</strong> : saidOf(one)}</li>
        ))}
      </ol>,
    ],
  ];
  return (
    <section className="panel pad">
      <dl className="facts">
        {steps.map(([name, said]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
