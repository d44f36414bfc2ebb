import { useTranslation } from 'react-i18next';
import type { UnplacedScores } from '../../../model/satisfaction.ts';
import { Evidence } from '../../kit/evidence.tsx';
import { FigureTable } from '../../kit/figure-table.tsx';
import { count } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';

/** Scores whose own words for what they asked about lead nowhere: said, so that somebody adds the words to the pack. */
export function UnplacedPart({ unplaced }: { readonly unplaced: UnplacedScores }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (unplaced.answers === 0) return null;
  const rest = unplaced.answers - unplaced.names.reduce((sum, one) => sum + one.answers, 0);
  const more = rest === 0 ? '' : ` ${t('satisfaction.unplacedRest', { answers: count(rest, locale) })}`;
  return (
    <FigureTable
      title={t('satisfaction.unplacedTitle')}
      words={`${t('satisfaction.unplacedWords', { answers: count(unplaced.answers, locale) })}${more}`}
      titles={[
        { text: t('satisfaction.unplacedName') },
        { text: t('satisfaction.unplacedColumn') },
        { text: t('satisfaction.answers'), number: true },
        { text: t('satisfaction.unplacedWhy') },
      ]}
    >
      {unplaced.names.map(({ column, name, why, answers, where }) => (
        <tr key={`${column} ${name}`}>
          <th scope="row">{name}</th>
          <td>{column}</td>
          <td className="number">
            <Evidence where={where} value={answers}>
              {count(answers, locale)}
            </Evidence>
          </td>
          <td className="faint">{t(`satisfaction.unplacedReason.${why}`)}</td>
        </tr>
      ))}
    </FigureTable>
  );
}
