import { useQueryClient } from '@tanstack/react-query';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { setMyLocale } from '../api/calls.ts';
import { switchLocale } from '../i18n/index.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { THEME_CHOICES } from './first-shade.ts';
import { ThemeContext } from './theme-context.ts';
import { useSignOut } from './use-sign-out.ts';

export function FootKeys() {
  return (
    <>
      <LanguageKey />
      <ThemeKey />
    </>
  );
}

function LanguageKey() {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const change = (): void => {
    const next = locale === 'zh' ? 'en' : 'zh';
    void switchLocale(next);
    // The screen follows at once; mails and exports follow the member's own setting.
    if (cache.getQueryData(['me']) !== undefined) void setMyLocale(next).catch(() => undefined);
  };
  return (
    <button type="button" className="key" lang={locale === 'zh' ? 'en' : 'zh-CN'} onClick={change}>
      {t('shell.language')}
    </button>
  );
}

function ThemeKey() {
  const { t } = useTranslation();
  const theme = use(ThemeContext);
  if (theme === null) return null;
  const next = THEME_CHOICES[(THEME_CHOICES.indexOf(theme.choice) + 1) % THEME_CHOICES.length] ?? 'system';
  const now = t(`shell.${theme.choice}`);
  return (
    <button type="button" className="key" title={t('shell.theme', { value: now })} onClick={() => theme.choose(next)}>
      {now}
    </button>
  );
}

export function SignOut() {
  const { t } = useTranslation();
  const leave = useSignOut();
  return (
    <>
      <button type="button" className="key" onClick={() => leave.mutate()}>
        {t('shell.signOut')}
      </button>
      {leave.error === null ? null : <ProblemView error={leave.error} />}
    </>
  );
}
