import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** The way to the help, from everywhere. */
export function HelpLink() {
  const { t } = useTranslation();
  return (
    <Link className="key link" to="/help">
      {t('nav.help')}
    </Link>
  );
}
