import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { signIn, signInByLink } from '../api/calls.ts';
import type { Me } from '../../model/account.ts';
import { Brand } from '../kit/icons.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { FootKeys } from './foot-keys.tsx';

/** Only a path of our own: an address of another site is not followed. */
export const ownPath = (next: string | null): string => (next !== null && /^\/(?![/\\])/.test(next) ? next : '/');

function useEntered(): (answer: { readonly me: Me }) => void {
  const cache = useQueryClient();
  const go = useNavigate();
  const [params] = useSearchParams();
  return () => {
    cache.clear();
    void go(ownPath(params.get('next')), { replace: true });
  };
}

export function SignInPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const token = params.get('token');
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('app.name')}`;
  }, [t]);
  return (
    <main className="sign-in">
      <div className="panel">{token === null ? <Form /> : <ByLink token={token} />}</div>
    </main>
  );
}

function Head() {
  const { t } = useTranslation();
  return (
    <>
      <div className="row between">
        <span className="brand">
          <Brand />
          {t('app.name')}
        </span>
        <span className="foot-keys">
          <FootKeys />
        </span>
      </div>
      <h1>{t('signIn.title')}</h1>
    </>
  );
}

/** A press, not a mere visit, uses the link up: mail scanners that open links leave it alive. */
function ByLink({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const entered = useEntered();
  const enter = useOnce({ mutationFn: () => signInByLink(token), onSuccess: entered });
  return (
    <div className="sheet">
      <Head />
      <p className="quiet">{t(enter.isPending ? 'signIn.byLink' : 'signIn.linkReady')}</p>
      <Button type="primary" size="large" autoFocus loading={enter.isPending} onClick={() => enter.mutate()}>
        {t('signIn.useLink')}
      </Button>
      {enter.error === null ? null : <ProblemView error={enter.error} />}
    </div>
  );
}

function Form() {
  const { t } = useTranslation();
  const entered = useEntered();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const enter = useOnce({ mutationFn: () => signIn(login.trim(), password), onSuccess: entered });
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        enter.mutate();
      }}
    >
      <Head />
      <label className="field">
        <span className="label">{t('signIn.login')}</span>
        <Input size="large" autoFocus autoComplete="username" value={login} onChange={(e) => setLogin(e.target.value)} />
      </label>
      <label className="field">
        <span className="label">{t('signIn.password')}</span>
        <Input.Password size="large" autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />
      </label>
      <Button type="primary" size="large" htmlType="submit" disabled={login.trim() === '' || password === ''} loading={enter.isPending}>
        {t('signIn.submit')}
      </Button>
      {enter.error === null ? null : <ProblemView error={enter.error} />}
      <p className="faint">{t('signIn.help')}</p>
    </form>
  );
}
