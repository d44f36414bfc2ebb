import { ask } from '../api/calls.ts';
import { queries } from '../api/queries.ts';
import { drawing } from '../kit/chart.tsx';
import { ME } from '../kit/me.ts';
import { OWN } from '../kit/preferences.ts';
import { dayIn } from '../kit/zone.ts';
import { questionOf, viewIn } from './explorer-view.ts';
import { painStateIn, rankQuestion } from './pain-view.ts';

/** The same instant for a whole day of the product's clock, so that a question is the same until midnight. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** What the page at this address will ask, asked while the frame around it is still being drawn. */
export async function askAtOnce(search: string): Promise<void> {
  // Who asks says by which clock the days are told.
  const [me, own] = await Promise.all([queries.ensureQueryData(ME), queries.ensureQueryData(OWN)]);
  const opensAnother = search === '' && own.defaults['explorer'] !== undefined;
  if (opensAnother || !me.verbs.includes('numbers.read')) return;
  const params = new URLSearchParams(search);
  const state = painStateIn(params);
  const now = noonOf(dayIn(new Date()));
  const question = state.view === 'rank' ? rankQuestion(state, now) : state.view === 'ask' ? questionOf(viewIn(params), now) : null;
  if (state.view === 'ask') void drawing().catch(() => undefined);
  if (question !== null && question.measures.length > 0)
    await queries.prefetchQuery({ queryKey: ['ask', question], queryFn: () => ask(question) });
}
