import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { PageHead } from '../kit/page-head.tsx';
import { SavedViews } from '../kit/saved-views.tsx';
import { PAIN_VIEWS, painStateIn, toView } from './pain-view.ts';

const HELP = { doc: 'analyst', topics: ['voices', 'share', 'complaint_share', 'per_10k_subscribers', 'customers'] } as const;

/** The answer of a view in words, and the ways to look at the same voices. */
export function PainHead({
  words,
  under,
  children,
}: {
  readonly words: ReactNode;
  readonly under?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { view } = painStateIn(params);
  return (
    <>
      <PageHead name={t('nav.explorer')} words={words} under={under} help={HELP}>
        {children}
        <SavedViews page="explorer" />
      </PageHead>
      <nav className="tabs" aria-label={t('pain.views')}>
        {PAIN_VIEWS.map((one) => (
          <Link
            key={one}
            to={toView(params, one)}
            className={one === view ? 'active' : ''}
            {...(one === view ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`pain.view.${one}`)}
          </Link>
        ))}
      </nav>
    </>
  );
}
