import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PressureRow, PressureView } from '../../../model/handling.ts';
import { addressOf } from '../../api/client.ts';
import { Answered } from '../../kit/answered.tsx';
import { Evidence } from '../../kit/evidence.tsx';
import { count, decimal, percent } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { useLabels } from '../../kit/vocabulary.ts';
import { When } from '../../kit/when.tsx';
import { pressure } from './calls.ts';
import { Grid } from './grid.tsx';

/** 三横两纵 on one page: across departments, branches and windows; down by satisfaction, up by what the front asks for. */
export function PressurePart({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const query = useQuery({ queryKey: ['handling-pressure'], queryFn: pressure });
  const worst = query.data?.departments[0];
  const words =
    query.data === undefined
      ? t('handling.name')
      : worst === undefined || worst.overdue === 0
        ? t('handling.pressedNone')
        : t('handling.pressedMost', { name: nameOf(worst.names), overdue: worst.overdue, open: worst.open });
  return (
    <div className="page">
      <PageHead name={t('handling.name')} words={words} help={{ doc: 'analyst' }} />
      {tabs}
      <Answered query={query} rows={10}>
        {(found) => (
          <>
            <Across rows={found.departments} title={t('handling.departments')} first={t('handling.department')} />
            <Across rows={found.branches} title={t('handling.branches')} first={t('handling.branch')} />
            <Windows found={found} />
            <Down found={found} />
            <Up found={found} />
          </>
        )}
      </Answered>
    </div>
  );
}

function Block({ title, empty, children }: { readonly title: string; readonly empty: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className="block" aria-label={title}>
      <h2>{title}</h2>
      {empty ? <p className="quiet">{t('handling.empty')}</p> : children}
    </section>
  );
}

function Across({ rows, title, first }: { readonly rows: readonly PressureRow[]; readonly title: string; readonly first: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const to = (row: PressureRow, more: Readonly<Record<string, string>>): string =>
    addressOf('/orders', { tab: 'all', ...row.list, ...more });
  const titles = [
    { text: first },
    { text: t('handling.overdue'), number: true },
    { text: t('handling.open'), number: true },
    { text: t('handling.oldest') },
    { text: t('handling.closed'), number: true },
    { text: t('handling.inTime'), number: true },
  ];
  return (
    <Block title={title} empty={rows.length === 0}>
      <Grid
        label={title}
        titles={titles}
        rows={rows.map((row) => ({
          key: row.key,
          cells: [
            row.list === null ? (
              nameOf(row.names)
            ) : (
              <Link key="name" to={to(row, {})}>
                {nameOf(row.names)}
              </Link>
            ),
            row.overdue === 0 || row.list === null ? (
              count(row.overdue, locale)
            ) : (
              <Link key="overdue" className="state needs" to={to(row, { tab: 'overdue' })}>
                {count(row.overdue, locale)}
              </Link>
            ),
            row.open === 0 || row.list === null ? (
              count(row.open, locale)
            ) : (
              <Link key="open" to={to(row, { tab: 'open' })}>
                {count(row.open, locale)}
              </Link>
            ),
            row.oldest_due === null ? '–' : <When key="due" at={row.oldest_due} />,
            count(row.closed_30d, locale),
            row.in_time === null ? '–' : percent(row.in_time, locale, 0),
          ],
        }))}
      />
    </Block>
  );
}

function Windows({ found }: { readonly found: PressureView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  // Windows that nobody scores are not given an empty column.
  const scored = found.windows.some((row) => row.score !== null);
  const titles = [
    { text: t('handling.unit') },
    { text: t('handling.complaints'), number: true },
    { text: t('handling.voices'), number: true },
    ...(scored ? [{ text: t('handling.score'), number: true }] : []),
  ];
  return (
    <Block title={t('handling.windows')} empty={found.windows.length === 0}>
      <Grid
        label={t('handling.windows')}
        titles={titles}
        rows={found.windows.slice(0, 15).map((row) => ({
          key: row.unit,
          cells: [
            nameOf(row.names),
            <Evidence key="complaints" where={[...row.where, { field: 'kind', in: ['complaint'] }]} value={row.complaints}>
              {count(row.complaints, locale)}
            </Evidence>,
            <Evidence key="voices" where={row.where} value={row.voices}>
              {count(row.voices, locale)}
            </Evidence>,
            ...(scored ? [row.score === null ? '–' : decimal(row.score, 2, locale)] : []),
          ],
        }))}
      />
    </Block>
  );
}

function Down({ found }: { readonly found: PressureView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const titles = [
    { text: t('handling.branch') },
    { text: t('handling.score'), number: true },
    { text: t('handling.answers'), number: true },
  ];
  return (
    <Block title={t('handling.down')} empty={found.down.length === 0}>
      <Grid
        label={t('handling.down')}
        titles={titles}
        rows={found.down.map((row) => ({
          key: row.city,
          cells: [
            nameOf(row.names),
            row.score === null ? '–' : decimal(row.score, 2, locale),
            <Evidence key="answers" where={row.where} value={row.answers}>
              {count(row.answers, locale)}
            </Evidence>,
          ],
        }))}
      />
    </Block>
  );
}

function Up({ found }: { readonly found: PressureView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const labels = useLabels();
  const titles = [
    { text: t('handling.raisedBy') },
    { text: t('handling.department') },
    { text: t('handling.orders'), number: true },
    { text: t('handling.overdue'), number: true },
  ];
  return (
    <Block title={t('handling.up')} empty={found.up.length === 0}>
      <Grid
        label={t('handling.up')}
        titles={titles}
        rows={found.up.map((row) => ({
          key: `${row.from.zh} ${row.department}`,
          cells: [
            nameOf(row.from),
            <Link key="department" to={addressOf('/orders', { tab: 'all', department: row.department })}>
              {labels.value('department', row.department)}
            </Link>,
            count(row.orders, locale),
            count(row.overdue, locale),
          ],
        }))}
      />
    </Block>
  );
}
