import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answered } from '../kit/answered.tsx';
import { useLocale } from '../kit/locale.ts';
import { useMay, useMe } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { When } from '../kit/when.tsx';
import { deviceOf } from './device-of.ts';
import { Field } from './member-form.tsx';
import { endOwnSession, ownSessions, setPassword } from './people-api.ts';
import type { Me, SessionRow } from '../../model/account.ts';
import { ScopeExample } from './scope-example.tsx';
import { Tokens } from './tokens.tsx';
import './people.css';

/** The own account: password, where one is signed in, tokens, and what the own scope shows. */
export function AccountPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const me = useMe().data as Me | undefined;
  const sessions = useQuery({ queryKey: ['own-sessions'], queryFn: ownSessions });
  const words =
    me === undefined
      ? t('account.title')
      : t('account.words', {
          name: me.name,
          roles: me.roles.map((role) => t(`roles.${role}`)).join(locale === 'zh' ? '、' : ', '),
          scope: me.scope_words[locale],
        });
  return (
    <div className="page">
      <PageHead name={t('account.title')} words={words} under={me?.login}>
        <Link to="/api-docs">{t('account.docs')}</Link>
      </PageHead>
      <div className="account">
        <div className="stack" style={{ gap: 24 }}>
          {me === undefined ? null : <PasswordForm me={me} />}
          <section className="panel pad">
            <ScopeExample member={null} reads={may('voices.read')} />
          </section>
        </div>
        <div className="stack" style={{ gap: 24 }}>
          <section className="block">
            <h2>{t('account.sessions')}</h2>
            <div className="panel">
              <Answered query={sessions} rows={2}>
                {({ rows }) => <Sessions rows={rows.filter((row) => row.kind === 'browser')} />}
              </Answered>
            </div>
          </section>
          <section className="block">
            <h2>{t('account.tokens')}</h2>
            <Answered query={sessions} rows={2}>
              {({ rows }) => <Tokens rows={rows.filter((row) => row.kind === 'token')} verbs={me?.verbs ?? []} />}
            </Answered>
          </section>
        </div>
      </div>
    </div>
  );
}

const LEAST = 10;

function PasswordForm({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const save = useOnce({
    mutationFn: (given: { readonly current: string; readonly next: string }) => setPassword(given.current, given.next),
    onSuccess: () => {
      for (const clear of [setCurrent, setNext, setAgain]) clear('');
    },
    onSettled: async () => {
      await Promise.all([cache.invalidateQueries({ queryKey: ['own-sessions'] }), cache.invalidateQueries({ queryKey: ['me'] })]);
    },
  });
  const missing = LEAST - [...next].length;
  const differs = again !== '' && again !== next;
  const ready = missing <= 0 && again === next && (!me.has_password || current !== '');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) save.mutate({ current, next });
  };
  const names = { 'body.current': t('account.current'), 'body.password': t('account.next') };
  return (
    <section className="block">
      <h2>{t(me.has_password ? 'account.password' : 'account.passwordSet')}</h2>
      <form className="panel pad narrow-form" style={{ maxWidth: 'none' }} onSubmit={send}>
        {me.has_password ? null : <p className="note">{t('account.noPassword')}</p>}
        <input type="text" name="username" autoComplete="username" value={me.login} readOnly hidden />
        {me.has_password ? (
          <Field label={t('account.current')}>
            {(id) => (
              <Input.Password id={id} autoComplete="current-password" value={current} onChange={(e) => setCurrent(e.target.value)} />
            )}
          </Field>
        ) : null}
        <Field label={t('account.next')} help={next !== '' && missing > 0 ? t('account.short', { count: missing }) : t('account.rule')}>
          {(id) => <Input.Password id={id} autoComplete="new-password" value={next} onChange={(e) => setNext(e.target.value)} />}
        </Field>
        <Field label={t('account.again')} {...(differs ? { help: t('account.differs') } : {})}>
          {(id) => <Input.Password id={id} autoComplete="new-password" value={again} onChange={(e) => setAgain(e.target.value)} />}
        </Field>
        {save.error === null ? null : <ProblemView error={save.error} names={names} />}
        {save.isSuccess ? (
          <p className="note" role="status">
            {t('account.saved')}
          </p>
        ) : null}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!ready}>
            {t('account.submit')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Sessions({ rows }: { readonly rows: readonly SessionRow[] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const end = useOnce({ mutationFn: endOwnSession, onSettled: () => cache.invalidateQueries({ queryKey: ['own-sessions'] }) });
  return (
    <>
      {end.error === null ? null : <ProblemView error={end.error} />}
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.id} className="item">
            <span>
              {deviceOf(row.name) ?? t('account.unknownDevice')}{' '}
              {row.current ? <span className="tag office">{t('account.here')}</span> : null}
              <br />
              <span className="faint">
                {t('account.used')} <When at={row.last_seen_at} /> · {t('account.since')} <When at={row.created_at} />
              </span>
            </span>
            {row.current ? null : (
              <Button size="small" onClick={() => end.mutate(row.id)}>
                {t('account.endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
