import { Button, Input } from 'antd';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { VERB_WORDS, wordOf } from '../i18n/people-words.ts';
import { useLocale } from '../kit/locale.ts';
import { bytes } from './bytes.ts';
import { curlOf, limitsOf, rowsOf, typeOf } from './openapi-shape.ts';
import type { Call, Row } from './openapi-shape.ts';

/** One call; its tables are drawn when somebody opens it. */
export function ApiCall({ call, open }: { readonly call: Call; readonly open: boolean }) {
  const [shown, setShown] = useState(open);
  return (
    <details className="call" open={shown} onToggle={(e) => setShown(e.currentTarget.open)}>
      <summary>
        <span className={`method ${call.method.toLowerCase()}`}>{call.method}</span>
        <span>
          <code>{call.path}</code>
          <br />
          <span className="quiet">{call.summary}</span>
        </span>
      </summary>
      {shown ? <Body call={call} /> : null}
    </details>
  );
}

function Body({ call }: { readonly call: Call }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const right =
    call.right === 'public'
      ? t('apiDocs.anyone')
      : call.right === 'signed-in'
        ? t('apiDocs.signedIn')
        : `${wordOf(VERB_WORDS, call.right, locale)} (${call.right})`;
  return (
    <div className="call-body">
      <p className="faint">
        {t('apiDocs.right')}: {right}
        {call.scoped ? ` · ${t('apiDocs.scoped')}` : ''}
      </p>
      {call.parameters.length === 0 ? null : (
        <Named title={t('apiDocs.params')}>
          <Fields
            rows={call.parameters.map((one) => ({
              name: one.name,
              place: t(`apiDocs.places.${one.in}`),
              type: typeOf(one.schema),
              required: one.required === true,
              limits: limitsOf(one.schema),
            }))}
          />
        </Named>
      )}
      {call.bodies.map(({ type, schema }) => {
        const rows = schema === undefined ? [] : rowsOf(schema);
        return (
          <Named key={type} title={`${t('apiDocs.body')} · ${type}`}>
            {rows.length === 0 ? <p className="faint">{t('apiDocs.anyBody')}</p> : <Fields rows={rows} />}
          </Named>
        );
      })}
      {call.answer === undefined || rowsOf(call.answer).length === 0 ? null : (
        <Named title={t('apiDocs.answer')}>
          <Fields rows={rowsOf(call.answer)} />
        </Named>
      )}
      <Named title={t('apiDocs.example')}>
        <pre className="matter" tabIndex={0}>
          {curlOf(call, location.origin)}
        </pre>
      </Named>
      {call.method === 'GET' && call.path !== '/api/events' ? <TryIt call={call} /> : null}
    </div>
  );
}

function Named({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="stack">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Fields({ rows }: { readonly rows: readonly (Row & { readonly place?: string })[] }) {
  const { t } = useTranslation();
  const placed = rows.some((row) => row.place !== undefined);
  return (
    <div className="panel scroller">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">{t('apiDocs.name')}</th>
            {placed ? <th scope="col">{t('apiDocs.place')}</th> : null}
            <th scope="col">{t('apiDocs.type')}</th>
            <th scope="col">{t('apiDocs.limits')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={`${row.name}${i}`}>
              <td>
                <code>{row.name}</code> {row.required ? <span className="tag">{t('apiDocs.required')}</span> : null}
              </td>
              {placed ? <td data-label={t('apiDocs.place')}>{row.place}</td> : null}
              <td data-label={t('apiDocs.type')}>
                <span style={{ overflowWrap: 'anywhere' }}>{row.type}</span>
              </td>
              <td className="faint">{row.limits}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const MOST_SHOWN = 20_000;
interface Got {
  readonly status: number;
  readonly ms: number;
  readonly size: number;
  readonly text: string;
}

/** Asks with the session of this very browser: what comes back is what the member may see. Only reading calls. */
function TryIt({ call }: { readonly call: Call }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [got, setGot] = useState<Got | null>(null);
  const [busy, setBusy] = useState(false);
  const fields = call.parameters.filter((one) => one.in !== 'header');
  const missing = fields.some((one) => one.required === true && (values[one.name] ?? '') === '');
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (missing) return;
    setBusy(true);
    setGot(await ask(call, values));
    setBusy(false);
  };
  return (
    <Named title={t('apiDocs.tryIt')}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        {fields.length === 0 ? null : (
          <div className="form-grid">
            {fields.map((one) => (
              <div key={one.name} className="field">
                <label htmlFor={`${call.id}-${one.name}`}>
                  {one.name} {one.required === true ? '*' : ''}
                </label>
                <Input
                  id={`${call.id}-${one.name}`}
                  value={values[one.name] ?? ''}
                  onChange={(e) => setValues((old) => ({ ...old, [one.name]: e.target.value }))}
                />
              </div>
            ))}
          </div>
        )}
        <div className="row">
          <Button htmlType="submit" size="small" loading={busy} disabled={missing}>
            {t('apiDocs.send')}
          </Button>
          {got === null ? null : (
            <span className="faint" role="status">
              {t('apiDocs.took', { status: got.status, ms: got.ms, size: bytes(got.size, locale) })}
              {got.text.length > MOST_SHOWN ? ` · ${t('apiDocs.cut')}` : ''}
            </span>
          )}
        </div>
        {got === null ? null : (
          <pre className="matter" tabIndex={0}>
            {got.text.slice(0, MOST_SHOWN)}
          </pre>
        )}
      </form>
    </Named>
  );
}

async function ask(call: Call, values: Readonly<Record<string, string>>): Promise<Got> {
  const query = new URLSearchParams();
  let path = call.path;
  for (const one of call.parameters) {
    const value = values[one.name] ?? '';
    if (one.in === 'path') path = path.replace(`{${one.name}}`, encodeURIComponent(value));
    else if (one.in === 'query' && value !== '') query.set(one.name, value);
  }
  const began = performance.now();
  try {
    const response = await fetch(query.size === 0 ? path : `${path}?${query}`, { credentials: 'same-origin' });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      ms: Math.round(performance.now() - began),
      size: new Blob([text]).size,
      text: isJson ? pretty(text) : text,
    };
  } catch (error) {
    return { status: 0, ms: Math.round(performance.now() - began), size: 0, text: error instanceof Error ? error.message : String(error) };
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
