import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answered } from '../../kit/answered.tsx';
import { AskReason } from '../../kit/ask-reason.tsx';
import { percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { useOnce } from '../../kit/use-once.ts';
import { effects, takeEffect } from './calls.ts';

/** What experiments measured, to be used instead of the assumption. */
export function MeasuredEffects({ seen }: { readonly seen: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const cache = useQueryClient();
  const [chosen, choose] = useState<string | null>(null);
  const query = useQuery({ queryKey: ['peak-effects'], queryFn: effects });
  const use = useOnce({
    mutationFn: (reason: string) => takeEffect(chosen ?? '', seen, reason),
    onSuccess: () => choose(null),
    onSettled: () => Promise.all(['peak-settings', 'peaks'].map((name) => cache.invalidateQueries({ queryKey: [name] }))),
  });
  return (
    <section className="panel pad stack" aria-label={t('peaks.fromExperiment')}>
      <h2>{t('peaks.fromExperiment')}</h2>
      <Answered query={query} rows={2}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="quiet">{t('peaks.noExperiment')}</p>
          ) : (
            <ul className="plain-list tight">
              {rows.map(({ experiment, value, low, high }) =>
                experiment === null ? null : (
                  <li key={experiment.id} className="row">
                    <Link to={`/experiments/${experiment.id}`}>{experiment.name}</Link>
                    <span>
                      {percent(value, locale)}{' '}
                      <span className="faint">
                        ({percent(low, locale)} – {percent(high, locale)})
                      </span>
                    </span>
                    {may('peaks.write') ? (
                      <Button size="small" aria-label={`${t('peaks.use')} ${experiment.name}`} onClick={() => choose(experiment.id)}>
                        {t('peaks.use')}
                      </Button>
                    ) : null}
                  </li>
                ),
              )}
            </ul>
          )
        }
      </Answered>
      <AskReason
        open={chosen !== null}
        title={t('peaks.fromExperiment')}
        label={t('peaks.reason')}
        submit={t('peaks.use')}
        busy={use.isPending}
        error={use.error}
        onSubmit={(reason) => use.mutate(reason)}
        onClose={() => {
          use.reset();
          choose(null);
        }}
      />
    </section>
  );
}
