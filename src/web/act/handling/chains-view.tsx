import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from '../../api/client.ts';
import { useNameOf } from '../../kit/locale.ts';
import { voicesAddress } from '../../kit/filters-url.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { Grid } from './grid.tsx';
import { HandlingFrame } from './use-handling.tsx';

/** What customers ask → what it depends on → the departments that can change it, each with its orders. */
export function ChainsView({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const labels = useLabels();
  return (
    <HandlingFrame tabs={tabs} words={() => t('handling.wordsChains')}>
      {(found) =>
        found.chains.map((chain) => (
          <section key={chain.id} className="block" aria-label={nameOf(chain.names)}>
            <div className="block-head">
              <h2>{nameOf(chain.names)}</h2>
              <Link to={voicesAddress([{ field: 'category', in: [...chain.categories] }])}>{t('handling.chainVoices')}</Link>
            </div>
            <Grid
              label={nameOf(chain.names)}
              titles={[{ text: t('handling.chainItems') }, { text: t('handling.factor') }, { text: t('handling.controllable') }]}
              rows={chain.items.flatMap((item) =>
                chain.factors
                  .filter((factor) => factor.items.includes(item.id))
                  .map((factor) => ({
                    key: `${item.id} ${factor.names.zh}`,
                    cells: [
                      nameOf(item.names),
                      nameOf(factor.names),
                      <span key="departments" className="row">
                        {factor.departments.map((department) => (
                          <Link key={department} to={addressOf('/orders', { tab: 'all', department })}>
                            {labels.value('department', department)}
                          </Link>
                        ))}
                      </span>,
                    ],
                  })),
              )}
            />
          </section>
        ))
      }
    </HandlingFrame>
  );
}
