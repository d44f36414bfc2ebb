import { CELL_PLACES, type CellPlace } from '../../../model/satisfaction.ts';
import { useParam } from '../../kit/url-state.ts';

/** What cells are made of, in the address. */
export function usePlace(): readonly [CellPlace, (place: CellPlace) => void] {
  const [wanted, choose] = useParam('place');
  const place = CELL_PLACES.find((one) => one === wanted) ?? 'district';
  return [place, (next) => choose(next === 'district' ? null : next)];
}
