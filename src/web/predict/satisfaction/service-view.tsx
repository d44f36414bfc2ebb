import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ServiceDetail } from '../../../model/satisfaction.ts';
import { Answered } from '../../kit/answered.tsx';
import { count, percent } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { withParams } from '../../kit/url-state.ts';
import { satisfactionService } from './calls.ts';
import { CellsPart } from './cells-part.tsx';
import { ExpectedPart } from './expected-part.tsx';
import { useR } from './figures.tsx';
import { ItemsPart } from './items-part.tsx';
import { PlaceKeys } from './place-keys.tsx';
import { PointsPart } from './points-part.tsx';
import { SegmentsPart } from './segments-part.tsx';
import { StudyPart } from './study-part.tsx';
import { useUnder } from './under.tsx';
import { usePlace } from './use-place.ts';

/** One service item: does more grievance go with less satisfaction, through which points, and what comes next. */
export function ServiceView({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const [place] = usePlace();
  const [params] = useSearchParams();
  const query = useQuery({
    queryKey: ['satisfaction', place, code],
    queryFn: ({ signal }) => satisfactionService(code, place, signal),
  });
  const under = useUnder(query.data);
  const found = query.data?.service;
  const words =
    found === undefined
      ? t('satisfaction.name')
      : t(`satisfaction.wordsService.${found.association.verdict}`, { name: nameOf(found.names) });
  return (
    <div className="page">
      <PageHead name={t('satisfaction.name')} words={words} under={under} help={{ doc: 'analyst', topics: ['mean_score'] }}>
        <Link to={withParams(params, { service: null })}>{t('satisfaction.all')}</Link>
        <PlaceKeys />
      </PageHead>
      <Answered query={query} rows={12}>
        {(detail) => (
          <>
            <Sentences detail={detail} />
            <CellsPart detail={detail} />
            <PointsPart detail={detail} />
            <ItemsPart detail={detail} />
            <SegmentsPart detail={detail} />
            <ExpectedPart detail={detail} />
            <StudyPart study={detail.study} />
          </>
        )}
      </Answered>
    </div>
  );
}

const small = (p: number): string => p.toFixed(3);

/** Everything about r that keeps it from being taken for more than it is. */
function Sentences({ detail }: { readonly detail: ServiceDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const r = useR();
  const { association: a } = detail.service;
  if (a.r === null) return null;
  const said = [
    t('satisfaction.rIs', { r: r(a.r), low: r(a.low), high: r(a.high), n: count(a.n, locale), answers: count(a.answers, locale) }),
    ...(a.within.r === null ? [] : [t('satisfaction.rWithin', { r: r(a.within.r), low: r(a.within.low), high: r(a.within.high) })]),
    ...(a.p === null ? [] : [t('satisfaction.rP', { p: small(a.p), limit: small(a.limit) })]),
    ...(a.stable === null ? [] : [t('satisfaction.rStable', { low: r(a.stable.low), high: r(a.stable.high) })]),
    ...(a.reliability === null
      ? []
      : [t('satisfaction.rReliability', { share: percent(a.reliability, locale, 0), most: r(Math.sqrt(a.reliability)) })]),
  ];
  return (
    <div className="note">
      <ul>
        {said.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
