import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { hotWords } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useParam } from '../kit/url-state.ts';
import { Freshness } from './ask-parts.tsx';
import { HotWordTable } from './hot-word-table.tsx';
import { PainFilters } from './pain-filters.tsx';
import { PainHead } from './pain-head.tsx';
import { addressOfPain, whereOf } from './pain-view.ts';
import { usePain } from './use-pain.ts';

/** In the customers' own words: what these voices say more often than the others, or than before. */
export function HotWordsView() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { state, now, show } = usePain();
  const [wanted, choose] = useParam('against');
  const where = useMemo(() => whereOf(state, now), [state, now]);
  const narrowed = state.filters.length > 0;
  const hasPeriod = state.period !== 'all';
  const against = !narrowed || wanted === 'before' ? 'before' : 'rest';
  const query = useQuery({
    queryKey: ['hot-words', where, against],
    queryFn: () => hotWords(where, against),
    placeholderData: keepPreviousData,
    enabled: against === 'rest' || hasPeriod,
  });
  const found = query.data;
  const top = found?.words.slice(0, 3).map((one) => one.word) ?? [];
  const words =
    found === undefined
      ? t('pain.view.words')
      : top.length === 0
        ? t('pain.noWords')
        : t(`pain.wordsLead.${found.against}`, { words: top.join(t('pain.and')), value: count(found.voices, locale) });
  return (
    <div className="page">
      <PainHead words={words} under={found === undefined ? undefined : <Freshness at={found.as_of} open={false} period={state.period} />} />
      <PainFilters state={state} onChange={show}>
        <div className="row" role="group">
          {(['rest', 'before'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="key tall"
              aria-pressed={one === against}
              disabled={one === 'rest' ? !narrowed : !hasPeriod}
              onClick={() => choose(one === 'before' ? 'before' : null)}
            >
              {t(`pain.against.${one}`)}
            </button>
          ))}
        </div>
      </PainFilters>
      {against === 'before' && !hasPeriod ? (
        <div className="panel">
          <Empty why={t('pain.wordsNeed')} next={t('pain.wordsNeedNext')} />
        </div>
      ) : (
        <Answered query={query} rows={10}>
          {(hot) =>
            hot.words.length === 0 ? (
              <div className="panel">
                <Empty why={t('pain.noWords')} next={t('pain.noWordsNext')} />
              </div>
            ) : (
              <HotWordTable
                hot={hot}
                narrowing={(word) =>
                  `?${addressOfPain({ ...state, view: 'words', filters: [...state.filters, { text: word }] }).toString()}`
                }
              />
            )
          }
        </Answered>
      )}
    </div>
  );
}
