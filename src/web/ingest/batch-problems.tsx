import { useTranslation } from 'react-i18next';
import { PROBLEM_TEXTS } from '../../model/problem-texts.ts';
import type { ProblemGroup } from '../../model/problem.ts';
import type { Batch } from '../api/types.ts';
import { filled } from '../kit/filled.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';

/** The sum that always adds up, then the problems grouped by what would repair them. */
export function BatchProblems({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const n = (value: number) => count(value, locale);
  return (
    <section className="block">
      <h2>{t('imports.problems')}</h2>
      {batch.rows_total === null ? null : (
        <p>
          {t('imports.total', {
            rows: n(batch.rows_total),
            accepted: n(batch.accepted),
            duplicates: n(batch.duplicates),
            rejected: n(batch.rejected),
          })}
        </p>
      )}
      {batch.problems.length === 0 ? <p className="quiet">{t('imports.problemsNone')}</p> : <Groups groups={batch.problems} />}
    </section>
  );
}

function Groups({ groups }: { readonly groups: readonly ProblemGroup[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className="panel scroller">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">{t('imports.problem')}</th>
            <th scope="col">{t('imports.column')}</th>
            <th scope="col" className="number">
              {t('imports.count')}
            </th>
            <th scope="col">{t('imports.firstRows')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group, i) => (
            <tr key={i}>
              <td>
                {Object.hasOwn(PROBLEM_TEXTS, group.code)
                  ? filled(PROBLEM_TEXTS[group.code][locale], group.column === null ? {} : { column: group.column })
                  : group.code}
              </td>
              <td data-label={t('imports.column')}>{group.column ?? '–'}</td>
              <td className="number" data-label={t('imports.count')}>
                {count(group.count, locale)}
              </td>
              <td data-label={t('imports.firstRows')}>{group.rows.slice(0, 5).join('、')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
