import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PairCustomer, PairRow } from '../../model/pair-views.ts';
import { Opens } from '../analyse/opens.tsx';
import { Answered } from '../kit/answered.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { When } from '../kit/when.tsx';
import { pairCustomers } from './pairs-api.ts';
import type { ChosenPair } from './pairs-api.ts';

const AT_ONCE = 20;

/** The customers behind a pair: what they grieved about and when, what they then complained about; every line opens its voices. */
export function PairPeople({ run, chosen, row }: { readonly run: number; readonly chosen: ChosenPair; readonly row: PairRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const query = useInfiniteQuery({
    queryKey: ['pairs', 'customers', run, chosen],
    queryFn: ({ pageParam }) => pairCustomers(run, chosen, pageParam, AT_ONCE),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * AT_ONCE < last.customers ? pages.length * AT_ONCE : null),
    staleTime: Infinity,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="stack">
      <h3>{t('pairs.people')}</h3>
      <Answered query={query}>
        {({ pages }) => {
          const { customers, complaints } = pages[0] ?? { customers: 0, complaints: 0 };
          return (
            <>
              <p>{t('pairs.peopleWords', { customers: count(customers, locale), complaints: count(complaints, locale) })}</p>
              {customers === row.customers && complaints === row.complaints ? null : (
                <p className="note warn">
                  {t('pairs.peopleDiffer', { customers: count(row.customers, locale), complaints: count(row.complaints, locale) })}
                </p>
              )}
            </>
          );
        }}
      </Answered>
      {rows.length === 0 ? null : (
        <div className="scroller panel">
          <table className="table numbers" aria-label={t('pairs.people')}>
            <thead>
              <tr>
                <th scope="col">{t('pairs.customer')}</th>
                <th scope="col">{t('pairs.grieved')}</th>
                <th scope="col">{t('pairs.complained')}</th>
                <th scope="col">{t('pairs.people')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <PersonLine key={one.complaints[0]?.id ?? one.customer} one={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {query.hasNextPage ? (
        <div>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('pairs.moreCustomers')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function PersonLine({ one }: { readonly one: PairCustomer }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const ids = [...new Set([...one.grievances, ...one.complaints].map(({ id }) => String(id)))];
  return (
    <tr>
      <th scope="row">{one.customer}</th>
      <td>
        <Moments of={one.grievances} />
      </td>
      <td>
        <Moments of={one.complaints} />
      </td>
      <td>
        <Opens where={[{ field: 'id', in: ids }]} value={ids.length}>
          {t('pairs.openBoth', { value: count(ids.length, locale) })}
        </Opens>
      </td>
    </tr>
  );
}

function Moments({ of }: { readonly of: PairCustomer['grievances'] }) {
  return (
    <span className="moments">
      {of.map(({ id, said_at: at }) => (
        <span key={id}>
          <When at={at} />
        </span>
      ))}
    </span>
  );
}
