import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Me } from '../../model/account.ts';
import { useLocale } from '../kit/locale.ts';

/** Who is signed in, as what, and how far the data reach, in words. */
export function Who({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className="who">
      <Link to="/account" title={t('account.title')}>
        <strong>{me.name}</strong>
      </Link>
      <small>{me.roles.map((role) => t(`roles.${role}`)).join('、')}</small>
      <small>{me.scope_words[locale]}</small>
    </div>
  );
}
