import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { overview } from '../api/calls.ts';
import type { Overview } from '../api/types.ts';
import { Picture } from '../analyse/answer-picture.tsx';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { voicesAddress } from '../kit/filters-url.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { When } from '../kit/when.tsx';
import { AlarmList } from '../warn/alarm-list.tsx';
import { WaitingList } from '../act/waiting-list.tsx';

export function OverviewPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const query = useQuery({ queryKey: ['overview'], queryFn: overview });
  const data = query.data;
  const first = data?.changed[0];
  const words =
    data === undefined ? (
      t('nav.overview')
    ) : data.empty ? (
      t('overview.empty')
    ) : first === undefined ? (
      t('overview.calm')
    ) : (
      <Link className="figure" to={voicesAddress(first.where)}>
        {first.sentence[locale]}
      </Link>
    );
  return (
    <div className="page">
      <PageHead
        name={t('nav.overview')}
        words={words}
        under={
          data === undefined ? undefined : (
            <>
              {t('common.asOf', { time: '' })}
              <When at={data.as_of} />
            </>
          )
        }
      />
      <Answered query={query} rows={12}>
        {(found) => (found.empty ? <NothingYet /> : <Filled data={found} />)}
      </Answered>
    </div>
  );
}

function Filled({ data }: { readonly data: Overview }) {
  const { t } = useTranslation();
  return (
    <>
      <Changes changed={data.changed.slice(1)} />
      <div className="columns-2">
        <section className="block">
          <div className="block-head">
            <h2>{t('overview.burning')}</h2>
            <Link to="/alarms">{t('overview.all')}</Link>
          </div>
          <div className="panel">
            {data.burning.length === 0 ? (
              <Empty why={t('overview.noBurning')} next={t('overview.noBurningNext')} />
            ) : (
              <AlarmList rows={data.burning} short />
            )}
          </div>
        </section>
        <section className="block">
          <div className="block-head">
            <h2>{t('overview.waiting')}</h2>
            <Link to="/orders">{t('overview.all')}</Link>
          </div>
          <div className="panel">
            {data.waiting.length === 0 ? (
              <Empty why={t('overview.noWaiting')} next={t('overview.noWaitingNext')} />
            ) : (
              <WaitingList rows={data.waiting} />
            )}
          </div>
        </section>
      </div>
      {data.series === null ? null : (
        <section className="block">
          <div className="block-head">
            <h2>{t('overview.series')}</h2>
            <Link to="/pain-points">{t('nav.explorer')}</Link>
          </div>
          <div className="panel pad">
            <Picture answer={data.series} question={{ measures: ['voices'], by: ['day'], where: [] }} measure="voices" height={260} />
          </div>
        </section>
      )}
    </>
  );
}

function Changes({ changed }: { readonly changed: Overview['changed'] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (changed.length === 0) return null;
  return (
    <section className="block">
      <h2>{t('overview.changed')}</h2>
      <ul className="plain-list panel tight">
        {changed.map((change, i) => (
          <li key={i}>
            <Link className="figure" to={voicesAddress(change.where)}>
              {change.sentence[locale]}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NothingYet() {
  const { t } = useTranslation();
  const may = useMay();
  const imports = may('imports.run');
  return (
    <div className="panel">
      <Empty why={t('overview.empty')} next={t(imports ? 'overview.emptyNext' : 'overview.emptyScope')}>
        {imports ? <Link to="/imports">{t('explorer.toImports')}</Link> : null}
      </Empty>
    </div>
  );
}
