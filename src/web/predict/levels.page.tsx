import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LevelsView } from '../../model/levels.ts';
import { Answered } from '../kit/answered.tsx';
import { count, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { LevelDrawer } from './level-drawer.tsx';
import { LevelHistory } from './level-history.tsx';
import { LevelSettingsForm } from './level-settings.tsx';
import { LevelValidationView } from './level-validation.tsx';
import { levels } from './levels-calls.ts';
import '../analyse/funnel.css';
import './levels.css';

/** Which grievances are about to become complaints: five levels, what they follow from, and whether they hold. */
export function LevelsPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['levels'], queryFn: levels });
  const words = useWords(query.data);
  return (
    <div className="page">
      <PageHead
        name={t('levels.title')}
        help={{ doc: 'analyst', topics: ['voices', 'complaints'] }}
        words={words}
        under={query.data === undefined ? undefined : t('levels.under', { version: query.data.current.version })}
      />
      <Answered query={query}>
        {(found) => (
          <>
            <LevelSettingsForm found={found} />
            <LevelValidationView found={found.validation} />
            <LevelHistory versions={found.history} />
          </>
        )}
      </Answered>
      <LevelDrawer />
    </div>
  );
}

function useWords(found: LevelsView | undefined): string {
  const { t } = useTranslation();
  const locale = useLocale();
  if (found === undefined) return t('levels.title');
  const { distribution, validation } = found;
  // Levels that hardly anybody stood on say nothing.
  const filled = validation?.rows.filter((one) => one.n >= 20) ?? [];
  const words = t(`levels.words.${validation?.verdict ?? 'none'}`, {
    days: distribution.days,
    n: count(distribution.of, locale),
    top: percent(distribution.shares.at(-1)?.share ?? 0, locale),
    highest: filled.at(-1)?.level ?? 5,
    lowest: filled[0]?.level ?? 1,
    high: percent(filled.at(-1)?.share ?? 0, locale),
    low: percent(filled[0]?.share ?? 0, locale),
  });
  const isTold = validation !== null && validation.trend !== null && validation.settings_knew;
  return isTold ? `${words}${t('levels.wordsKnew')}` : words;
}
