import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { SatisfactionOverview, ServiceSummary } from '../../../model/satisfaction.ts';
import { Answered } from '../../kit/answered.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Evidence } from '../../kit/evidence.tsx';
import { count } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { withParams } from '../../kit/url-state.ts';
import { satisfaction } from './calls.ts';
import { AheadPart } from './ahead-part.tsx';
import { DriversPart } from './drivers-part.tsx';
import { RangeMark, usePoints, useR, VerdictMark } from './figures.tsx';
import { PlaceKeys } from './place-keys.tsx';
import { SilentPart } from './silent-part.tsx';
import { UnplacedPart } from './unplaced-part.tsx';
import { useUnder } from './under.tsx';
import { usePlace } from './use-place.ts';

export function OverviewView() {
  const { t } = useTranslation();
  const [place] = usePlace();
  const query = useQuery({ queryKey: ['satisfaction', place], queryFn: ({ signal }) => satisfaction(place, signal) });
  const words = useWords(query.data);
  const under = useUnder(query.data);
  return (
    <div className="page">
      <PageHead name={t('satisfaction.name')} words={words} under={under} help={{ doc: 'analyst', topics: ['mean_score'] }}>
        <PlaceKeys />
      </PageHead>
      <Answered query={query} rows={12}>
        {(found) =>
          found.services.length === 0 ? (
            <div className="panel">
              {found.months.length === 0 ? (
                <Empty why={t('satisfaction.noVoices')} next={t('satisfaction.noVoicesNext')} />
              ) : (
                <Empty why={t('satisfaction.noSurvey')} next={t('satisfaction.noSurveyNext')} />
              )}
            </div>
          ) : (
            <>
              <ServiceTable found={found} />
              <UnplacedPart unplaced={found.unplaced} />
              <AheadPart found={found} />
              <DriversPart />
              <SilentPart silent={found.silent} />
            </>
          )
        }
      </Answered>
    </div>
  );
}

function useWords(found: SatisfactionOverview | undefined): string {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  if (found === undefined || found.services.length === 0) return t('satisfaction.name');
  const judged = found.services.filter((one) => one.association.verdict !== 'not-enough-cells');
  if (judged.length === 0) return t('satisfaction.wordsFew');
  const against = judged.filter((one) => one.association.verdict === 'against');
  if (against.length === 0) return t('satisfaction.wordsNone', { all: judged.length });
  const names = against.map((one) => nameOf(one.names)).join(t('satisfaction.separator'));
  return t('satisfaction.wordsFound', { all: judged.length, count: against.length, names });
}

/** Those that say most first: the clearest against, then by how far from nothing. */
const byStrength = (a: ServiceSummary, b: ServiceSummary): number => (a.association.r ?? 1) - (b.association.r ?? 1);

function ServiceTable({ found }: { readonly found: SatisfactionOverview }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-label={t('satisfaction.services')}>
      <div className="scroller">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('satisfaction.service')}</th>
              <th scope="col" className="number">
                {t('satisfaction.grievances')}
              </th>
              <th scope="col" className="number" title={t('satisfaction.indexHelp')}>
                {t('satisfaction.index')} <small>{t('satisfaction.indexUnit')}</small>
              </th>
              <th scope="col" className="number">
                {t('satisfaction.satisfaction')} <small>{t('satisfaction.satisfactionUnit')}</small>
              </th>
              <th scope="col" className="number">
                {t('satisfaction.answers')}
              </th>
              <th scope="col">
                {t('satisfaction.r')} <small>{t('satisfaction.rUnit')}</small>
              </th>
              <th scope="col" className="number">
                {t('satisfaction.cells')}
              </th>
              <th scope="col">{t('satisfaction.verdictTitle')}</th>
              <th scope="col" className="number">
                {t('satisfaction.unmatched')}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.services.toSorted(byStrength).map((one) => (
              <ServiceLine key={one.code} service={one} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="pager">
        <span className="faint">{t('satisfaction.indexHelp')}</span>
      </div>
    </section>
  );
}

function ServiceLine({ service }: { readonly service: ServiceSummary }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const points = usePoints();
  const r = useR();
  const [params] = useSearchParams();
  const { association } = service;
  return (
    <tr>
      <th scope="row">
        <Link to={withParams(params, { service: service.code })}>{nameOf(service.names)}</Link>
      </th>
      <td className="number">
        <Evidence where={service.grievances_where} value={service.grievances}>
          {count(service.grievances, locale)}
        </Evidence>
      </td>
      <td className="number">{points(service.index)}</td>
      <td className="number nowrap">
        {points(service.satisfaction)} <span className="faint">{t(`satisfaction.measuredBy.${service.measured_by}`)}</span>
      </td>
      <td className="number">
        <Evidence where={service.answers_where} {...(service.answers_whole ? { value: service.answers } : {})}>
          {count(service.answers, locale)}
        </Evidence>
      </td>
      <td className="nowrap">
        <RangeMark association={association} /> {r(association.r)}{' '}
        <span className="faint">
          {r(association.low)} … {r(association.high)}
        </span>
      </td>
      <td className="number">{count(association.n, locale)}</td>
      <td>
        <VerdictMark association={association} />
      </td>
      <td className="number">{count(service.unmatched, locale)}</td>
    </tr>
  );
}
