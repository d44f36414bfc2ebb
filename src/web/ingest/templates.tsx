import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/client.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';

/** Workbooks to fill in, with drop-downs from the words that stand now. */
export function Templates() {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  return (
    <>
      <a href={addressOf('/api/import-template', { as: 'voices', locale })} download>
        {t('imports.templateVoices')}
      </a>
      {may('customers.import') ? (
        <>
          <a href={addressOf('/api/import-template', { as: 'customers', locale })} download>
            {t('imports.templateCustomers')}
          </a>
          <a href={addressOf('/api/import-template', { as: 'usage', locale })} download>
            {t('imports.templateUsage')}
          </a>
        </>
      ) : null}
    </>
  );
}
