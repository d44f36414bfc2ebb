import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Funnel } from '../../model/funnel.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { SchemeSelect, schemeChosen } from '../kit/scheme-select.tsx';
import { dayIn } from '../kit/zone.ts';
import { type FunnelAsked, funnel } from './funnel-calls.ts';
import { FunnelDrawer } from './funnel-drawer.tsx';
import { FunnelGroups, FunnelSteps } from './funnel-picture.tsx';
import { funnelAsked } from './funnel-period.ts';
import './analyse.css';
import './funnel.css';

/** From dissatisfaction to a complaint or to contentment: where customers stop, and who says nothing. */
export function FunnelPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params, setParams] = useSearchParams();
  const asked = funnelAsked(params, dayIn(new Date()));
  const query = useQuery({ queryKey: ['ask', 'funnel', asked], queryFn: () => funnel(asked), placeholderData: keepPreviousData });
  const found = query.data;
  const under =
    found === undefined
      ? undefined
      : t('funnel.under', { base: count(found.dissatisfied, locale), days: found.days, pending: count(found.pending, locale) });
  return (
    <div className="page">
      <PageHead
        name={t('funnel.title')}
        words={useWords(found)}
        under={under}
        help={{ doc: 'analyst', topics: ['voices', 'complaints', 'customers'] }}
      />
      <PeriodForm
        key={JSON.stringify(asked)}
        asked={asked}
        onAsk={(next) => setParams({ ...bySchemeIn(asked), from: next.from, before: next.before, days: String(next.days) })}
      />
      <SchemeSelect scheme={asked.scheme} onChoose={(scheme) => setParams((old) => schemeChosen(old, scheme, ['part']))} />
      <Answered query={query}>
        {(answer) =>
          answer.dissatisfied === 0 ? (
            <Empty why={t('funnel.none')} next={t('funnel.noneNext')} />
          ) : (
            <>
              <FunnelSteps found={answer} />
              <FunnelGroups
                title={`${t('funnel.bySegment')} · ${t(`segments.scheme.${answer.scheme}`)}`}
                rows={answer.segments}
                dimension="segment"
              />
              <FunnelGroups title={t('funnel.byCity')} rows={answer.cities} dimension="city" />
              <FunnelGroups title={t('funnel.byDistrict')} rows={answer.districts} dimension="district" />
              <p className="faint">{t('funnel.rules')}</p>
            </>
          )
        }
      </Answered>
      <FunnelDrawer asked={asked} />
    </div>
  );
}

const bySchemeIn = ({ scheme }: FunnelAsked): Readonly<Record<string, string>> => (scheme === 'rules' ? {} : { scheme });

function useWords(found: Funnel | undefined): string {
  const { t } = useTranslation();
  const locale = useLocale();
  if (found === undefined) return t('funnel.title');
  if (found.dissatisfied === 0) return t('funnel.none');
  const of100 = (share: number): string => count(share * 100, locale);
  return t('funnel.words', {
    silent: of100(found.stages.silent.share),
    spoke: of100(found.spoke.share),
    complained: of100(found.stages.complained.share),
  });
}

function PeriodForm({ asked, onAsk }: { readonly asked: FunnelAsked; readonly onAsk: (asked: FunnelAsked) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft] = useState(asked);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(draft);
      }}
    >
      {(['from', 'before'] as const).map((name) => (
        <span className="row" key={name}>
          <label htmlFor={`${id}-${name}`}>{t(`funnel.${name}`)}</label>
          <input
            id={`${id}-${name}`}
            type="date"
            required
            className="date-input"
            value={draft[name]}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        </span>
      ))}
      <span className="row">
        <label htmlFor={`${id}-days`}>{t('funnel.days')}</label>
        <input
          id={`${id}-days`}
          type="number"
          min={1}
          max={180}
          className="date-input"
          value={draft.days}
          onChange={(event) => setDraft({ ...draft, days: Number(event.target.value) })}
        />
      </span>
      <Button htmlType="submit">{t('funnel.show')}</Button>
    </form>
  );
}
