import { useSearchParams } from 'react-router';
import './analyse.css';
import { ask } from '../api/calls.ts';
import { queries } from '../api/queries.ts';
import { questionAhead } from './ask-ahead.ts';
import { AskView } from './ask-view.tsx';
import { HotWordsView } from './hot-words-view.tsx';
import { painStateIn } from './pain-view.ts';
import { Ranking } from './ranking.tsx';
import { Touchpoints } from './touchpoints.tsx';

// The answer is read while the frame is still being drawn, so that the page is drawn once, with its rows.
void questionAhead().then(async (question) => {
  if (question !== null) await queries.prefetchQuery({ queryKey: ['ask', question], queryFn: () => ask(question) });
});

/** Where it hurts, four ways: ranked, along the customer's way, in their words, and as a question of one's own. */
export function PainPointsPage() {
  const [params] = useSearchParams();
  switch (painStateIn(params).view) {
    case 'rank':
      return <Ranking />;
    case 'touchpoints':
      return <Touchpoints />;
    case 'words':
      return <HotWordsView />;
    case 'ask':
      return <AskView />;
  }
}
