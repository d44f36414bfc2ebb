import { Button } from 'antd';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type RecordForm, judgedKind } from '../../model/recording.ts';
import { useNameOf } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { CauseField } from './cause-field.tsx';
import { OtherFacts, Ticks } from './fact-fields.tsx';
import { freshDraft } from './record-draft.ts';
import { SavedOdds } from './saved-odds.tsx';
import { Scripts } from './scripts.tsx';
import { useDeskKeys, type useRecord } from './use-record.ts';

interface Desk {
  readonly form: RecordForm;
  readonly record: ReturnType<typeof useRecord>;
}

/** Who, what about, in the customer's words, save: Enter leads from one to the next. */
export function DeskForm({ form, record }: Desk) {
  const { t } = useTranslation();
  const { draft, setDraft, found, save } = record;
  const fields = useFields(record);
  const chosen = form.causes.find((one) => one.code === draft.category) ?? null;
  const submit = (): void => {
    if (draft.category === null) fields.cause.current?.focus();
    else save.mutate(draft, { onSuccess: () => fields.customer.current?.focus() });
  };
  const keys = useDeskKeys(setDraft, submit);
  return (
    <form
      className="panel desk-form"
      aria-label={t('record.title')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={keys}
    >
      <Saved form={form} record={record} />
      {save.error === null ? null : (
        <ProblemView error={save.error} names={{ category: t('record.cause'), started_at: t('record.startedAt') }} />
      )}
      <CustomerField record={record} field={fields.customer} onNext={() => fields.cause.current?.focus()} />
      <CauseField
        choices={form.causes}
        chosen={chosen}
        likely={found?.last_category ?? null}
        field={fields.cause}
        onChoose={(choice) => {
          setDraft((old) => ({ ...old, category: choice?.code ?? null, script: null }));
          fields.text.current?.focus();
        }}
      />
      <WordsField record={record} field={fields.text} onSave={submit} />
      <Kind record={record} />
      <Ticks draft={draft} onChange={setDraft} />
      {chosen === null ? (
        <p className="faint">{t('record.scriptNone')}</p>
      ) : (
        <Scripts scripts={chosen.scripts} draft={draft} onChange={setDraft} />
      )}
      <OtherFacts draft={draft} onChange={setDraft} />
      <div className="desk-foot">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('record.save')}
        </Button>
        <Button
          onClick={() => {
            setDraft(freshDraft(crypto.randomUUID(), draft.channel));
            record.ask(null);
            fields.customer.current?.focus();
          }}
        >
          {t('record.clear')}
        </Button>
        <span className="faint">{draft.category === null ? t('record.needCause') : t('record.draftKept')}</span>
      </div>
    </form>
  );
}

function useFields({ draft }: Desk['record']) {
  const customer = useRef<HTMLInputElement>(null);
  const cause = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    // A customer from the address or of a kept draft is looked up at once, so the next question is asked.
    (draft.customer.trim() === '' ? customer : cause).current?.focus();
  }, [draft.customer]);
  return { customer, cause, text };
}

interface CustomerFieldOf {
  readonly record: Desk['record'];
  readonly field: Ref<HTMLInputElement>;
  readonly onNext: () => void;
}

function CustomerField({ record, field, onNext }: CustomerFieldOf) {
  const { t } = useTranslation();
  const id = useId();
  const { draft, ask, type, lookUp } = record;
  const key = draft.customer.trim();
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // Nobody waits for the look-up: the cause can be typed meanwhile.
    if (key !== '') ask(key);
    onNext();
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t('record.customer')}</label>
      <input
        id={id}
        ref={field}
        className="desk-input big"
        autoComplete="off"
        maxLength={200}
        value={draft.customer}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
      />
      <small>{t('record.customerHelp')}</small>
      {lookUp.error === null ? null : <ProblemView error={lookUp.error} />}
    </div>
  );
}

interface WordsFieldOf {
  readonly record: Desk['record'];
  readonly field: Ref<HTMLTextAreaElement>;
  readonly onSave: () => void;
}

function WordsField({ record, field, onSave }: WordsFieldOf) {
  const { t } = useTranslation();
  const id = useId();
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onSave();
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t('record.text')}</label>
      <textarea
        id={id}
        ref={field}
        className="desk-input"
        maxLength={10_000}
        value={record.draft.text}
        onChange={(event) => record.setDraft((old) => ({ ...old, text: event.target.value }))}
        onKeyDown={press}
      />
      <small>{t('record.textHelp')}</small>
    </div>
  );
}

/** What the judgement rule makes of it, before it is saved. */
function Kind({ record: { draft } }: { readonly record: Desk['record'] }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const kind = judgedKind(draft);
  return (
    <div className="row">
      <strong>{t('record.willBe', { kind: labels.value('kind', kind) })}</strong>
      <span className="faint">{t(`record.why.${kind === 'complaint' || kind === 'grievance' ? kind : 'consultation'}`)}</span>
    </div>
  );
}

function Saved({ form, record: { saved } }: Desk) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const labels = useLabels();
  const cause = form.causes.find((one) => one.code === saved?.category);
  return (
    <div role="status">
      {saved === null ? null : (
        <div className="note stack">
          <div className="row between">
            <span>
              {t('record.saved', { kind: labels.value('kind', saved.kind), cause: cause === undefined ? '' : nameOf(cause.names) })}
            </span>
            <Link to={`/voices?period=all&voice=${saved.voice}`}>{t('record.savedOpen')}</Link>
          </div>
          <SavedOdds saved={saved} />
        </div>
      )}
    </div>
  );
}
