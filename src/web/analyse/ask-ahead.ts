import type { Me } from '../../model/account.ts';
import type { Preferences } from '../../model/preferences.ts';
import { askAhead, toldAhead } from '../api/ahead.ts';
import { jsonInit } from '../api/client.ts';
import { dayIn, noonOf, tellTimeBy } from '../kit/zone.ts';
import { questionOf, viewIn } from './explorer-view.ts';
import { painStateIn, rankQuestion } from './pain-view.ts';

/** What the page of the pain points at this address will ask, asked while the program is still on its way. */
export async function askPainPoints(search: string): Promise<void> {
  const params = new URLSearchParams(search);
  const state = painStateIn(params);
  if (state.view === 'ask') import('../kit/drawn-chart.tsx').catch(() => undefined);
  // Who asks says by which clock the days are told.
  const [me, own] = await Promise.all([toldAhead<Me>('/api/me'), toldAhead<Preferences>('/api/me/preferences')]);
  const opensAnother = search === '' && own.defaults['explorer'] !== undefined;
  if (opensAnother || !me.verbs.includes('numbers.read')) return;
  tellTimeBy(me.zone);
  const now = noonOf(dayIn(new Date()));
  const question = state.view === 'rank' ? rankQuestion(state, now) : state.view === 'ask' ? questionOf(viewIn(params), now) : null;
  if (question !== null && question.measures.length > 0) askAhead('/api/ask', jsonInit('POST', question));
}
