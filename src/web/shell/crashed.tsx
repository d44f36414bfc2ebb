import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { Empty } from '../kit/empty.tsx';

export function Crashed() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <div className="main">
      <div className="panel">
        <Empty why={t('shell.crashed')} next={t('shell.crashedWay')}>
          <code>{error instanceof Error ? error.message : String(error)}</code>
          <Button onClick={() => location.reload()}>{t('shell.reload')}</Button>
        </Empty>
      </div>
    </div>
  );
}

export function NoPage() {
  const { t } = useTranslation();
  return (
    <div className="panel">
      <Empty why={t('shell.noPage')} next={t('shell.noPageWay')}>
        <Link to="/">{t('shell.home')}</Link>
      </Empty>
    </div>
  );
}

/** A page whose right the member does not hold: nothing of it is asked for or shown. */
export function NotForYou() {
  const { t } = useTranslation();
  return (
    <div className="panel">
      <Empty why={t('shell.notForYou')} next={t('shell.notForYouWay')}>
        <Link to="/">{t('shell.home')}</Link>
      </Empty>
    </div>
  );
}
