import { instantOfWall } from '../../model/zoned-time.ts';
import { NOTABLE } from '../../model/audit-views.ts';
import type { AuditRow, AuditSummary } from '../../model/audit-views.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { wordOf } from '../i18n/people-words.ts';
import { KIND_WORDS, actionWords } from '../i18n/record-words.ts';
import { DataTable } from '../kit/data-table.tsx';
import type { Column } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { count, fullMoment } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { rangeOf } from '../kit/periods.ts';
import { usePageSize } from '../kit/table-paging.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { QueryForm } from '../kit/query-form.tsx';
import type { QueryField, QueryValues } from '../kit/query-form.tsx';
import { useOnce } from '../kit/use-once.ts';
import { withParams } from '../kit/url-state.ts';
import { When } from '../kit/when.tsx';
import { productZone } from '../kit/zone.ts';
import { auditLines, lineText } from './audit-words.ts';
import type { AuditNames } from './audit-words.ts';
import { auditPage, exportAudit } from './people-api.ts';
import type { AuditAsked } from './people-api.ts';
import { useAuditNames } from './use-audit-names.ts';
import './people.css';

const VIAS = ['web', 'cli', 'job', 'push'] as const;
const isVia = (text: string): text is (typeof VIAS)[number] => VIAS.some((via) => via === text);
const PERIODS = ['today', '7d', '30d', '90d'] as const;
const FIELDS = ['text', 'member', 'action', 'kind', 'period'] as const;
/** What an auditor must not overlook among the rest. */
const STANDS_OUT = [
  'voice.reveal',
  'import.rejected.reveal',
  'import.rejected.file',
  'export',
  'export.table',
  'audit.export',
  'sign-in-failed',
];

/** The address as the server is asked: a period counts back from the start of the product's present day. */
function askedIn(params: URLSearchParams, now: Date): AuditAsked {
  const period = PERIODS.find((one) => one === params.get('period'));
  const range = period === undefined ? null : rangeOf(period, now);
  const from = range === null ? null : new Date(instantOfWall(Date.parse(range.from), productZone())).toISOString();
  return {
    member: params.get('member'),
    action: params.get('action'),
    kind: params.get('kind'),
    text: params.get('text'),
    subject: params.get('subject'),
    from,
  };
}

export function AuditPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params] = useSearchParams();
  const [opened, setOpened] = useState<AuditRow | null>(null);
  const limit = usePageSize();
  const cursor = params.get('cursor');
  const key = FIELDS.map((name) => params.get(name)).join('\n') + (params.get('subject') ?? '');
  // eslint-disable-next-line -- the key stands for the address without its cursor
  const asked = useMemo(() => askedIn(params, new Date()), [key]);
  const query = useQuery({
    queryKey: ['audit', asked, cursor, limit],
    queryFn: () => auditPage(asked, cursor, limit),
    placeholderData: keepPreviousData,
  });
  const first = useQuery({
    queryKey: ['audit', asked, null, 1],
    queryFn: () => auditPage(asked, null, 1),
    placeholderData: keepPreviousData,
  });
  const summary = first.data?.summary;
  const names = useAuditNames();
  const columns = useColumns(names, setOpened);
  const { data, error, isPlaceholderData, refetch } = query;
  const total = summary?.count;
  const listed = useMemo(() => (data === undefined ? undefined : { ...data, count: total ?? data.rows.length }), [data, total]);
  return (
    <div className="page">
      <PageHead
        name={t('nav.audit')}
        help={{ doc: 'operator' }}
        words={summary === undefined ? t('nav.audit') : t('audit.words', { count: summary.count, value: count(summary.count, locale) })}
        under={t('audit.under')}
      >
        <ExportKey asked={asked} />
      </PageHead>
      {summary === undefined ? null : <Notables summary={summary} />}
      <AuditQuery summary={summary} />
      <DataTable
        name="audit"
        title={t('nav.audit')}
        columns={columns}
        keyOf={(row) => String(row.id)}
        query={{ data: listed, error, isPlaceholderData, refetch }}
        onOpen={setOpened}
        opened={opened === null ? null : String(opened.id)}
        empty={<Empty why={t('audit.empty')} next={t('audit.emptyNext')} />}
      />
      <OneRecord row={opened} names={names} onClose={() => setOpened(null)} />
    </div>
  );
}

function ExportKey({ asked }: { readonly asked: AuditAsked }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const send = useOnce({ mutationFn: () => exportAudit(asked, locale) });
  return (
    <>
      {send.error === null ? null : <ProblemView error={send.error} />}
      <Button loading={send.isPending} onClick={() => send.mutate()}>
        {t('common.export')}
      </Button>
    </>
  );
}

/** What stands out in the period, whatever else is filtered: each opens its records. */
function Notables({ summary }: { readonly summary: AuditSummary }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params] = useSearchParams();
  return (
    <nav className="notables" aria-label={t('audit.action')}>
      {NOTABLE.map((name) => {
        const { rows, people } = summary.notable[name];
        const on = params.get('action') === name;
        return (
          <Link key={name} to={withParams(params, { action: on ? null : name, cursor: null })} aria-current={on}>
            <span>{t(`audit.notable.${name}`)}</span>
            <b>{count(rows, locale)}</b>
            <small>{people === 0 ? (rows === 0 ? t('audit.nobodyYet') : t('audit.nobody')) : t('audit.people', { count: people })}</small>
          </Link>
        );
      })}
    </nav>
  );
}

function AuditQuery({ summary }: { readonly summary: AuditSummary | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params, setParams] = useSearchParams();
  const values: QueryValues = Object.fromEntries(FIELDS.map((name) => [name, params.get(name) === null ? [] : [params.get(name) ?? '']]));
  const actions = [
    ...NOTABLE.map((name) => ({ value: name as string, label: `◆ ${t(`audit.notable.${name}`)}` })),
    ...(summary?.actions ?? []).map((value) => ({ value, label: actionWords(value, locale) })),
  ];
  const fields: readonly QueryField[] = [
    { kind: 'text', name: 'text', label: t('audit.text'), placeholder: t('audit.textHelp') },
    {
      kind: 'choice',
      name: 'member',
      label: t('audit.who'),
      options: (summary?.members ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
    { kind: 'choice', name: 'action', label: t('audit.action'), options: actions },
    {
      kind: 'choice',
      name: 'kind',
      label: t('audit.kind'),
      options: (summary?.kinds ?? []).map((value) => ({ value, label: wordOf(KIND_WORDS, value, locale) })),
    },
    {
      kind: 'choice',
      name: 'period',
      label: t('audit.period'),
      options: PERIODS.map((value) => ({ value, label: t(`audit.periods.${value}`) })),
    },
  ];
  const ask = (next: QueryValues): void =>
    setParams(new URLSearchParams(FIELDS.flatMap((name): [string, string][] => (next[name]?.[0] ? [[name, next[name][0]]] : []))));
  return <QueryForm fields={fields} values={values} first={5} onQuery={ask} onReset={() => setParams(new URLSearchParams())} />;
}

const actorOf = (row: AuditRow, nobody: string, system: string): string => row.member?.name ?? (row.via === 'job' ? system : nobody);

function useColumns(names: AuditNames, onOpen: (row: AuditRow) => void): readonly Column<AuditRow>[] {
  const { t } = useTranslation();
  const { locale } = names;
  const subject = useCallback(
    (row: AuditRow) => `${wordOf(KIND_WORDS, row.subject.kind, locale)} ${row.subject.name ?? row.subject.id}`,
    [locale],
  );
  return useMemo(() => {
    const actor = (row: AuditRow) => actorOf(row, t('audit.nobody'), t('audit.systemItself'));
    const via = (row: AuditRow) => (isVia(row.via) ? t(`audit.viaName.${row.via}`) : row.via);
    const action = (row: AuditRow) => actionWords(row.action, locale);
    return [
      { name: 'at', title: t('audit.at'), width: 120, format: 'time', text: (row) => row.at, show: (row) => <When at={row.at} /> },
      { name: 'who', title: t('audit.who'), width: 150, card: 'title', text: actor, show: actor },
      {
        name: 'action',
        title: t('audit.action'),
        width: 170,
        text: action,
        show: (row) => (
          <button type="button" className={`open-voice ${STANDS_OUT.includes(row.action) ? 'standout' : ''}`} onClick={() => onOpen(row)}>
            {action(row)}
          </button>
        ),
      },
      { name: 'subject', title: t('audit.subject'), width: 210, text: subject, show: subject },
      {
        name: 'detail',
        title: t('audit.detail'),
        width: 300,
        grow: true,
        text: (row) => auditLines(row.detail, names).map(lineText).join('; '),
        show: (row) => <Lines row={row} names={names} most={3} />,
      },
      { name: 'via', title: t('audit.via'), width: 90, text: via, show: via },
    ];
  }, [locale, names, onOpen, subject, t]);
}

function Lines({ row, names, most }: { readonly row: AuditRow; readonly names: AuditNames; readonly most: number }) {
  const lines = auditLines(row.detail, names);
  if (lines.length === 0) return <span className="faint">–</span>;
  return (
    <ul className="diff">
      {lines.slice(0, most).map((line, i) => (
        <li key={i}>
          <span className="faint">{line.name}</span>{' '}
          {line.kind === 'changed' ? (
            <>
              <del>{line.before}</del> → <ins>{line.after}</ins>
            </>
          ) : (
            line.value
          )}
        </li>
      ))}
      {lines.length > most ? <li className="faint">+{lines.length - most}</li> : null}
    </ul>
  );
}

function OneRecord({ row, names, onClose }: { readonly row: AuditRow | null; readonly names: AuditNames; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { locale } = names;
  return (
    <Drawer open={row !== null} onClose={onClose} title={row === null ? '' : actionWords(row.action, locale)} size={520}>
      {row === null ? null : (
        <div className="stack wide">
          <dl className="facts">
            <dt>{t('audit.at')}</dt>
            <dd>{fullMoment(row.at, locale)}</dd>
            <dt>{t('audit.who')}</dt>
            <dd>{actorOf(row, t('audit.nobody'), t('audit.systemItself'))}</dd>
            <dt>{t('audit.via')}</dt>
            <dd>{isVia(row.via) ? t(`audit.viaName.${row.via}`) : row.via}</dd>
            <dt>{t('audit.subject')}</dt>
            <dd>
              {wordOf(KIND_WORDS, row.subject.kind, locale)} {row.subject.name ?? ''} <span className="faint">{row.subject.id}</span>
            </dd>
          </dl>
          <Lines row={row} names={names} most={100} />
          <h3>{t('audit.whole')}</h3>
          <pre className="matter">{JSON.stringify({ action: row.action, ...(row.detail as object) }, null, 2)}</pre>
        </div>
      )}
    </Drawer>
  );
}
