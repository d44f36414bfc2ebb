import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verb } from '../../model/people.ts';
import { VERB_WORDS, wordOf } from '../i18n/people-words.ts';
import { Empty } from '../kit/empty.tsx';
import { fullMoment } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { When } from '../kit/when.tsx';
import { Field } from './member-form.tsx';
import { endOwnSession, makeToken } from './people-api.ts';
import type { SessionRow } from '../../model/account.ts';
import { ShownOnce } from './shown-once.tsx';

/** Keys for programs: no more rights than the member's own, with an end, revoked by a key. */
export function Tokens({ rows, verbs }: { readonly rows: readonly SessionRow[]; readonly verbs: readonly Verb[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const [making, setMaking] = useState(false);
  const refresh = () => cache.invalidateQueries({ queryKey: ['own-sessions'] });
  const revoke = useOnce({ mutationFn: endOwnSession, onSettled: refresh });
  const make = useOnce({
    mutationFn: (given: Draft) => makeToken(given.name.trim(), given.days, given.verbs),
    onSuccess: () => setMaking(false),
    onSettled: refresh,
  });
  const made = making ? undefined : make.data;
  return (
    <div className="panel">
      <div className="pad stack">
        <p className="quiet">{t('account.tokensWords')}</p>
        {made === undefined ? null : (
          <ShownOnce text={made.token} help={t('account.tokenOnce', { until: fullMoment(made.expires_at, locale) })} />
        )}
        {making ? (
          <TokenForm verbs={verbs} busy={make.isPending} error={make.error} onMake={make.mutate} onCancel={() => setMaking(false)} />
        ) : (
          <div className="row">
            <Button onClick={() => setMaking(true)}>{t('account.newToken')}</Button>
          </div>
        )}
        {revoke.error === null ? null : <ProblemView error={revoke.error} />}
      </div>
      {rows.length === 0 ? (
        making || made !== undefined ? null : (
          <Empty why={t('account.noTokens')} next={t('account.noTokensNext')} />
        )
      ) : (
        <ul className="plain-list" style={{ borderTop: '1px solid var(--line-soft)' }}>
          {rows.map((row) => (
            <li key={row.id} className="item">
              <span>
                <strong>{row.name}</strong>
                <br />
                <span className="faint">
                  {row.verbs === null
                    ? t('account.allVerbs')
                    : row.verbs.map((verb) => wordOf(VERB_WORDS, verb, locale)).join(locale === 'zh' ? '、' : ', ')}
                  <br />
                  {t('account.used')} <When at={row.last_seen_at} /> · {t('account.until')} <When at={row.expires_at} />
                </span>
              </span>
              <Button size="small" danger onClick={() => revoke.mutate(row.id)}>
                {t('account.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface Draft {
  readonly name: string;
  readonly days: number;
  readonly verbs: readonly Verb[] | null;
}
const SPANS = [7, 30, 90, 365] as const;

interface TokenForm {
  readonly verbs: readonly Verb[];
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onMake: (draft: Draft) => void;
  readonly onCancel: () => void;
}

function TokenForm({ verbs, busy, error, onMake, onCancel }: TokenForm) {
  const { t } = useTranslation();
  const locale = useLocale();
  // A program wants one thing: nothing is ticked until somebody says what.
  const [draft, setDraft] = useState<Draft>({ name: '', days: 90, verbs: [] });
  const chosen = draft.verbs ?? [];
  const ready = draft.name.trim() !== '' && chosen.length > 0;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onMake(draft);
  };
  return (
    <form className="stack wide" onSubmit={send}>
      <div className="form-grid">
        <Field label={t('account.tokenName')}>
          {(id) => (
            <Input
              id={id}
              maxLength={80}
              placeholder={t('account.tokenNameHelp')}
              value={draft.name}
              onChange={(e) => setDraft({ ...draft, name: e.target.value })}
            />
          )}
        </Field>
        <Field label={t('account.tokenDays')}>
          {(id) => (
            <Select
              id={id}
              value={draft.days}
              options={SPANS.map((value) => ({ value, label: t('account.days', { count: value }) }))}
              onChange={(days) => setDraft({ ...draft, days })}
            />
          )}
        </Field>
      </div>
      <fieldset className="field" style={{ border: 0, padding: 0, margin: 0 }}>
        <legend style={{ padding: 0, fontSize: 13, color: 'var(--ink-2)' }}>{t('account.tokenVerbs')}</legend>
        <Checkbox.Group
          value={[...chosen]}
          onChange={(next) => setDraft({ ...draft, verbs: verbs.filter((verb) => next.includes(verb)) })}
          options={verbs.map((verb) => ({ value: verb, label: wordOf(VERB_WORDS, verb, locale) }))}
        />
      </fieldset>
      {error === null ? null : <ProblemView error={error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
          {t('account.make')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
