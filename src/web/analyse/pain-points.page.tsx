import { useSearchParams } from 'react-router';
import './analyse.css';
import { AskView } from './ask-view.tsx';
import { HotWordsView } from './hot-words-view.tsx';
import { painStateIn } from './pain-view.ts';
import { Ranking } from './ranking.tsx';
import { Touchpoints } from './touchpoints.tsx';

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
