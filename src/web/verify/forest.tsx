import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedTable } from '../../model/comparison.ts';
import type { ExperimentDetail } from '../../model/experiment.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { useVocabulary } from '../kit/vocabulary.ts';
import { chance, difference, level } from './effect-figures.ts';
import { type ForestGroup, forestGroups, type ForestRow, placeOf, stratumName } from './forest-rows.ts';
import { kindOf, RowVoices } from './row-voices.tsx';

/**
 * A forest plot as a table: every effect with its interval drawn beside the figures it is made of. Figures of complaints and grievances open
 * the voices of both arms, within the row's stratum. Satisfaction and imported outcomes are no voices, and a table from elsewhere has none.
 */
export function Forest({ report, experiment }: { readonly report: ComparedTable; readonly experiment: ExperimentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const [opened, setOpened] = useState<ForestRow | null>(null);
  const opens = (row: ForestRow): boolean => may('voices.read') && kindOf(row, experiment) !== null;
  return (
    <div className="stack wide">
      <p className="faint">{t('experiments.effectsHelp')}</p>
      {forestGroups(report, t('experiments.all')).map((group) => (
        <ForestTable key={group.title} group={group} opens={opens} open={setOpened} />
      ))}
      <RowVoices row={opened} experiment={experiment} onClose={() => setOpened(null)} />
    </div>
  );
}

interface Opening {
  readonly opens: (row: ForestRow) => boolean;
  readonly open: (row: ForestRow) => void;
}

function ForestTable({ group, opens, open }: { readonly group: ForestGroup } & Opening) {
  const { t } = useTranslation();
  return (
    <div className="forest-scroll" tabIndex={0} role="region" aria-label={group.title}>
      <table className="forest">
        <caption>{group.title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('experiments.strata')}</span>
            </th>
            <th scope="col" className="forest-axis">
              <Scale reach={group.reach} points={group.rows[0]?.points ?? true} />
            </th>
            <th scope="col">{t('experiments.difference')}</th>
            <th scope="col">{t('experiments.interval')}</th>
            <th scope="col">{t('experiments.figure')}</th>
            <th scope="col">{t('experiments.p')}</th>
            <th scope="col">{t('experiments.q')}</th>
          </tr>
        </thead>
        <tbody>
          {group.rows.map((row) => (
            <Row key={row.name} row={row} reach={group.reach} opens={opens} open={open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Scale({ reach, points }: { readonly reach: number; readonly points: boolean }) {
  const locale = useLocale();
  return (
    <span className="forest-scale">
      <span>{difference(-reach, points, locale)}</span>
      <span>0</span>
      <span>{difference(reach, points, locale)}</span>
    </span>
  );
}

function Row({ row, reach, opens, open }: { readonly row: ForestRow; readonly reach: number } & Opening) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useVocabulary().data;
  const { effect, low, high } = row.effect;
  const figure = (value: number | null) => difference(value, row.points, locale);
  const name = row.kind === 'whole' ? row.name : stratumName(row.name, words, locale);
  const levels = `${level(row.treated.value, row.points, locale)} / ${level(row.control.value, row.points, locale)}`;
  return (
    <tr className={row.kind}>
      <th scope="row">{name}</th>
      <td className="forest-axis" aria-hidden="true">
        <span className="forest-line">
          <span className="forest-zero" />
          {low === null || high === null ? null : (
            <span
              className="forest-bar"
              style={{ left: `${placeOf(low, reach)}%`, width: `${placeOf(high, reach) - placeOf(low, reach)}%` }}
            />
          )}
          {effect === null ? null : <span className="forest-dot" style={{ left: `${placeOf(effect, reach)}%` }} />}
        </span>
      </td>
      <td className="number" data-label={t('experiments.difference')}>
        {figure(effect)}
      </td>
      <td className="number" data-label={t('experiments.interval')}>
        {low === null ? '–' : `${figure(low)} … ${figure(high)}`}
      </td>
      <td className="number" data-label={t('experiments.figure')}>
        {opens(row) ? (
          <button type="button" className="figure" title={t('experiments.openRow', { name })} onClick={() => open(row)}>
            {levels}
          </button>
        ) : (
          levels
        )}
        {row.treated.n === 0 ? null : (
          <span className="faint">
            {' '}
            n {count(row.treated.n, locale)} / {count(row.control.n, locale)}
          </span>
        )}
      </td>
      <td className="number" data-label={t('experiments.p')}>
        {chance(row.p)}
      </td>
      {row.q === null ? (
        <td className="number" />
      ) : (
        <td className="number" data-label={t('experiments.q')}>
          {chance(row.q)}
        </td>
      )}
    </tr>
  );
}
