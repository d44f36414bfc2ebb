import type { Me } from '../../model/account.ts';
import type { Preferences } from '../../model/preferences.ts';
import type { Question } from '../../model/question.ts';
import { askAhead, toldAhead } from '../api/ahead.ts';
import { jsonInit } from '../api/client.ts';
import { dayIn, noonOf, tellTimeBy } from '../kit/zone.ts';
import { questionOf, viewIn } from './explorer-view.ts';
import { painStateIn, rankQuestion } from './pain-view.ts';

let asked: Promise<Question | null> = Promise.resolve(null);

/** What the page of the pain points at this address will ask, asked while the program is still on its way. */
export function askPainPoints(search: string): void {
  asked = askedAt(search).catch(() => null);
}

/** The question that was asked ahead, if there was one. */
export const questionAhead = (): Promise<Question | null> => asked;

async function askedAt(search: string): Promise<Question | null> {
  const params = new URLSearchParams(search);
  const state = painStateIn(params);
  if (state.view === 'ask') import('../kit/drawn-chart.tsx').catch(() => undefined);
  // Who asks says by which clock the days are told.
  const [me, own] = await Promise.all([toldAhead<Me>('/api/me'), toldAhead<Preferences>('/api/me/preferences')]);
  const opensAnother = search === '' && own.defaults['explorer'] !== undefined;
  if (opensAnother || !me.verbs.includes('numbers.read')) return null;
  tellTimeBy(me.zone);
  const now = noonOf(dayIn(new Date()));
  const question = state.view === 'rank' ? rankQuestion(state, now) : state.view === 'ask' ? questionOf(viewIn(params), now) : null;
  if (question === null || question.measures.length === 0) return null;
  askAhead('/api/ask', jsonInit('POST', question));
  return question;
}
