import type { Names } from '../../model/question.ts';
import type { MatchView, PointView } from '../../model/satisfaction.ts';
import type { ServiceItem, Survey } from '../../model/survey.ts';
import { type PointMatch, matchPoints, proposedQuestion } from './match-points.ts';

/** What the pack says of a grievance point. */
export interface PointKnown {
  readonly names: Names;
  readonly words: readonly string[];
}

export interface MatchDecided {
  readonly item: string | null;
  readonly version: number;
}
export interface QuestionDecided {
  readonly state: 'kept' | 'dropped';
  readonly question: Names;
  readonly version: number;
}
export interface PointDecisions {
  readonly match: Readonly<Record<string, MatchDecided>>;
  readonly question: Readonly<Record<string, QuestionDecided>>;
}

export type PointAsked = Pick<PointView, 'category' | 'names' | 'match' | 'proposal'>;

/** Every grievance point of a service item with the survey item that asks about it, or the question that would. */
export function askedPoints(
  service: ServiceItem,
  survey: Survey,
  known: (category: string) => PointKnown,
  decided: PointDecisions,
): readonly PointAsked[] {
  const points = service.points.map(({ category }) => ({ category, ...known(category) }));
  const found = matchPoints(points, survey.items);
  return points.map(({ category, names }, i) => {
    const match = matchView(found[i] ?? null, decided.match[category], survey);
    return { category, names, match, proposal: (match?.item ?? null) !== null ? null : proposalOf(names, decided.question[category]) };
  });
}

function matchView(found: PointMatch | null, decided: MatchDecided | undefined, survey: Survey): MatchView | null {
  const namesOf = (code: string | null): Names | null => survey.items.find((item) => item.code === code)?.names ?? null;
  if (decided === undefined) {
    return found === null
      ? null
      : {
          item: found.item,
          names: namesOf(found.item),
          score: found.score,
          path: found.path,
          words: found.words,
          state: 'found',
          version: 0,
        };
  }
  const same = found !== null && decided.item === found.item;
  return {
    item: decided.item,
    names: namesOf(decided.item),
    score: same ? found.score : 0,
    path: same ? found.path : null,
    words: same ? found.words : [],
    state: same ? 'confirmed' : 'chosen',
    version: decided.version,
  };
}

function proposalOf(names: Names, decided: QuestionDecided | undefined): PointView['proposal'] {
  if (decided === undefined) return { question: proposedQuestion(names), state: 'open', version: 0 };
  return { question: decided.question, state: decided.state, version: decided.version };
}
