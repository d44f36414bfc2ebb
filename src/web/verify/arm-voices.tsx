import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ExperimentDetail } from '../../model/experiment.ts';
import { experimentVoices } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { When } from '../kit/when.tsx';

/** The complaints that an arm's figure counts, opened when somebody asks. */
export function ArmVoices({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  if (!may('voices.read') || experiment.started_at === null) return null;
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t('experiments.voices')}</summary>
      {open ? experiment.arms.map(({ name }, arm) => <OneArm key={name} id={experiment.id} arm={arm} name={name} />) : null}
    </details>
  );
}

/** Of one arm: the newest complaints or grievances that its figure counts, of all its customers or of those of one stratum. */
export function OneArm({
  id,
  arm,
  name,
  kind = 'complaint',
  stratum = null,
}: {
  readonly id: string;
  readonly arm: number;
  readonly name: string;
  readonly kind?: 'complaint' | 'grievance';
  readonly stratum?: string | null;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const query = useQuery({
    queryKey: ['experiments', 'voices', id, arm, kind, stratum],
    queryFn: () => experimentVoices(id, arm, kind, stratum),
  });
  return (
    <Answered query={query} rows={3}>
      {(found) => (
        <div className="stack">
          <h3>
            {t(kind === 'complaint' ? 'experiments.voicesWords' : 'experiments.grievancesWords', {
              arm: name,
              customers: count(found.customers, locale),
              count: count(found.count, locale) as never,
            })}
          </h3>
          <ul className="plain-list tight">
            {found.rows.map((voice) => (
              <li key={voice.id}>
                <Link to={`/voices?voice=${voice.id}`}>{voice.text}</Link>{' '}
                <span className="faint">
                  <When at={voice.said_at} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Answered>
  );
}
