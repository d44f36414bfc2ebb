import { useParam } from '../../kit/url-state.ts';
import { OverviewView } from './overview-view.tsx';
import { ServiceView } from './service-view.tsx';
import './satisfaction.css';
import { usePlace } from './use-place.ts';

/** How grievances and satisfaction hang together: all service items, or one of them. */
export function SatisfactionPage() {
  const [service] = useParam('service');
  const [place] = usePlace();
  return service === null ? <OverviewView /> : <ServiceView key={`${service} ${place}`} code={service} />;
}
