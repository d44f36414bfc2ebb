import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { Empty } from '../kit/empty.tsx';
import { useMe } from '../kit/me.ts';
import { startFor } from './nav.ts';

export function Start() {
  const { t } = useTranslation();
  const me = useMe().data;
  const path = me === undefined ? null : startFor(me.verbs);
  return path === null ? <Empty why={t('shell.nothingAllowed')} /> : <Navigate to={path} replace />;
}
