import { useTranslation } from 'react-i18next';
import { CELL_PLACES } from '../../../model/satisfaction.ts';
import { usePlace } from './use-place.ts';

export function PlaceKeys() {
  const { t } = useTranslation();
  const [place, choose] = usePlace();
  return (
    <div className="row" role="group" aria-label={t('satisfaction.placeLabel')}>
      <span className="faint">{t('satisfaction.placeLabel')}</span>
      {CELL_PLACES.map((one) => (
        <button key={one} type="button" className="key tall" aria-pressed={one === place} onClick={() => choose(one)}>
          {t(`satisfaction.place.${one}`)}
        </button>
      ))}
    </div>
  );
}
