import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { PROBLEM_TEXTS, problemSentence } from '../../model/problem-texts.ts';
import type { Problem } from '../../model/problem.ts';
import { ApiProblem } from '../api/client.ts';
import { REFUSALS } from '../api/refusals.ts';
import type { RefusalKey } from '../api/refusals.ts';
import { fullMoment } from './format.ts';
import type { Locale } from '../i18n/index.ts';
import { useLocale } from './locale.ts';

const isRefusal = (code: string): code is RefusalKey => REFUSALS.includes(code as RefusalKey);

/** The sentence for a refusal, in the reader's language; the server's own words only where no sentence is known. */
export function useRefusalText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiProblem)) return t('refusal.other', { code: error instanceof Error ? error.message : String(error) });
    if (isRefusal(error.code)) return t(`refusal.${error.code}`);
    return error.detail === '' ? t('refusal.other', { code: error.code }) : error.detail;
  };
}

export function useProblemText(): (problem: Problem) => string {
  const locale = useLocale();
  return (problem) => (Object.hasOwn(PROBLEM_TEXTS, problem.code) ? problemSentence(inOurTime(problem, locale), locale) : problem.code);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Moments that a sentence names are told on the reader's clock. */
function inOurTime(problem: Problem, locale: Locale): Problem {
  if (problem.params === undefined) return problem;
  const told = Object.entries(problem.params).map(([name, value]) => [
    name,
    INSTANT.test(String(value)) ? fullMoment(String(value), locale) : value,
  ]);
  return { ...problem, params: Object.fromEntries(told) as NonNullable<Problem['params']> };
}

/** A refusal with everything that is wrong, at once. */
export function ProblemView({
  error,
  again,
  names = {},
}: {
  readonly error: unknown;
  readonly again?: () => void;
  /** What a form calls the fields that the server names. */
  readonly names?: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const problemText = useProblemText();
  const problems = error instanceof ApiProblem ? error.problems : [];
  return (
    <div className="note alert" role="alert">
      <div className="row between">
        <span>{refusalText(error)}</span>
        {again === undefined ? null : (
          <Button size="small" onClick={again}>
            {t('problemParts.again')}
          </Button>
        )}
      </div>
      {problems.length === 0 ? null : (
        <ul>
          {problems.map((problem, i) => (
            <li key={i}>
              {problemText(
                problem.column === undefined || names[problem.column] === undefined
                  ? problem
                  : { ...problem, column: names[problem.column] ?? problem.column },
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
