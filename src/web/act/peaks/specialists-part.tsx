import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison, Specialist } from '../../../model/peaks.ts';
import { Answered } from '../../kit/answered.tsx';
import { Empty } from '../../kit/empty.tsx';
import { signedPoints } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { useLabels } from '../../kit/vocabulary.ts';
import { Grid } from '../handling/grid.tsx';
import { specialists } from './calls.ts';
import { SpecialistForm } from './specialist-form.tsx';

/** Who calls where, for how long and for what, and what came of it. */
export function SpecialistsPart({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const may = useMay();
  const [editing, edit] = useState<Specialist | 'new' | null>(null);
  const query = useQuery({ queryKey: ['specialists'], queryFn: specialists });
  const active = query.data?.rows.filter((one) => one.active) ?? [];
  const words =
    query.data === undefined
      ? t('peaks.tab.specialists')
      : active.length === 0
        ? t('peaks.specialistsNone')
        : t('peaks.specialistsWords', { count: active.length, calls: active.reduce((sum, one) => sum + one.calls_today, 0) });
  const add = may('peaks.write') ? (
    <Button type="primary" onClick={() => edit('new')}>
      {t('peaks.add')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHead name={t('peaks.name')} words={words}>
        {add}
      </PageHead>
      {tabs}
      <Answered query={query} rows={6}>
        {({ rows }) =>
          rows.length === 0 ? (
            <div className="panel">
              <Empty why={t('peaks.specialistsNone')} next={t('peaks.specialistsNoneNext')} />
            </div>
          ) : (
            <>
              <SpecialistGrid rows={rows} onEdit={edit} />
              <p className="quiet">{t('peaks.help.after')}</p>
            </>
          )
        }
      </Answered>
      {editing === null ? null : <SpecialistForm specialist={editing === 'new' ? null : editing} onClose={() => edit(null)} />}
    </div>
  );
}

function SpecialistGrid({ rows, onEdit }: { readonly rows: readonly Specialist[]; readonly onEdit: (one: Specialist) => void }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const may = useMay();
  const titles = [
    { text: t('peaks.specialist') },
    { text: t('peaks.assigned') },
    { text: t('peaks.duties') },
    { text: t('peaks.today'), number: true },
    { text: t('peaks.waiting'), number: true },
    { text: t('peaks.results'), number: true },
    { text: t('peaks.after') },
    { text: t('peaks.change') },
  ];
  return (
    <Grid
      label={t('peaks.tab.specialists')}
      titles={titles}
      rows={rows.map((one) => ({
        key: one.id,
        cells: [
          <span key="name" className="stack" style={{ gap: 2 }}>
            <strong>{one.member.name}</strong>
            <span className="faint">
              {labels.value('city', one.city)} · {t(one.active ? 'peaks.active' : 'peaks.inactive')}
            </span>
          </span>,
          [
            one.categories.length === 0 ? t('peaks.allCategories') : one.categories.map((code) => categoryName(labels, code)).join('、'),
            one.segments.length === 0 ? t('peaks.allSegments') : one.segments.map((code) => labels.value('segment', code)).join('、'),
          ].join(' · '),
          one.duties || '–',
          String(one.calls_today),
          String(one.waiting),
          `${one.results.calls} · ${one.results.reached} · ${one.results.solved}`,
          <After key="after" found={one.results.after} />,
          may('peaks.write') ? (
            <Button key="edit" size="small" aria-label={t('peaks.changeOf', { name: one.member.name })} onClick={() => onEdit(one)}>
              {t('peaks.change')}
            </Button>
          ) : (
            '–'
          ),
        ],
      }))}
    />
  );
}

const categoryName = (labels: ReturnType<typeof useLabels>, code: string): string =>
  labels.value(['category_1', 'category_2', 'category'][code.split('/').length - 1] ?? 'category', code);

function After({ found: { called, held_out, difference } }: { readonly found: Comparison }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (difference === null) return <span className="faint">{t('peaks.tooFew', { called: called.n, held: held_out.n })}</span>;
  const { effect, low, high } = difference;
  return (
    <>
      {signedPoints(effect, locale)}{' '}
      <span className="faint">
        ({signedPoints(low, locale)} – {signedPoints(high, locale)})
      </span>
    </>
  );
}
