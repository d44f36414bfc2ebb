import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostView } from '../../../model/handling.ts';
import { Answered } from '../../kit/answered.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Evidence } from '../../kit/evidence.tsx';
import { count } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { handlingCost } from './calls.ts';
import { Grid } from './grid.tsx';
import { useHandling } from './use-handling.tsx';
import { VersionMark } from './version-mark.tsx';

/** What handling costs and what it spared, with ranges; unit costs are assumptions until somebody has counted them. */
export function CostPart({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const query = useQuery({ queryKey: ['handling-cost'], queryFn: handlingCost });
  const sum = (of: 'cost' | 'low' | 'high'): string =>
    count(
      (query.data?.kinds ?? []).reduce((all, kind) => all + kind[of], 0),
      locale,
    );
  return (
    <div className="page">
      <PageHead
        name={t('handling.name')}
        help={{ doc: 'analyst' }}
        words={
          query.data === undefined ? t('handling.name') : t('handling.wordsCost', { cost: sum('cost'), low: sum('low'), high: sum('high') })
        }
      />
      {tabs}
      <Answered query={query} rows={6}>
        {(found) =>
          found.kinds.length === 0 ? (
            <div className="panel">
              <Empty why={t('handling.emptyPack')} next={t('handling.emptyPackNext')} />
            </div>
          ) : (
            <>
              <CostGrid found={found} />
              <Saved saved={found.saved} />
            </>
          )
        }
      </Answered>
    </div>
  );
}

function CostGrid({ found }: { readonly found: CostView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const lines = useHandling().data?.costs ?? [];
  const titles = [
    { text: t('handling.kind') },
    { text: t('handling.count'), number: true },
    { text: t('handling.unitCost'), number: true },
    { text: t('handling.cost'), number: true },
    { text: t('handling.versionTitle') },
  ];
  return (
    <Grid
      label={t('handling.tab.cost')}
      titles={titles}
      rows={found.kinds.map((kind) => {
        const line = lines.find((one) => one.code === kind.code);
        const { version = 0, ...value } = line ?? {};
        return {
          key: kind.code,
          cells: [
            nameOf(kind.names),
            <Evidence key="count" where={kind.where} value={kind.count}>
              {count(kind.count, locale)}
            </Evidence>,
            line === undefined ? '–' : `${line.unit_cost} (${line.low} – ${line.high})`,
            `${count(kind.cost, locale)} (${count(kind.low, locale)} – ${count(kind.high, locale)})`,
            <span key="edit" className="row">
              <span className="tag">{t(kind.assumption ? 'handling.assumption' : 'handling.counted')}</span>
              {line === undefined ? null : (
                <VersionMark
                  line={{ kind: 'cost', value: value as Omit<typeof line, 'version'> }}
                  version={version}
                  of={nameOf(kind.names)}
                />
              )}
            </span>,
          ],
        };
      })}
    />
  );
}

function Saved({ saved }: { readonly saved: CostView['saved'] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = (value: number): string => count(value, locale).replace('-', '−');
  if (saved === null) return <p className="quiet">{t('handling.savedNone')}</p>;
  return (
    <div className="note">
      {t('handling.saved', {
        orders: number(saved.orders),
        voices: number(saved.voices),
        voicesLow: number(saved.voices_low),
        voicesHigh: number(saved.voices_high),
        cost: number(saved.cost),
        low: number(saved.low),
        high: number(saved.high),
      })}{' '}
      {saved.voices_low <= 0 && saved.voices_high >= 0 ? <strong>{t('handling.savedUnsure')}</strong> : null}
    </div>
  );
}
