import type { Me } from '../../model/account.ts';
import type { AlarmCount, AlarmRow, AnnouncementRow, RulePreview, RuleRow } from '../../model/alarm-views.ts';
import type { RuleDraft } from '../../model/alarm.ts';
import type { CustomerPick, ExperimentDetail, ExperimentDraft, ExperimentRow, PickChoices } from '../../model/experiment.ts';
import type { Problem } from '../../model/problem.ts';
import type { HotWords } from '../../model/hot-words.ts';
import type { BatchPage, BatchView, Carries, ImportPreview, ImportSettings, RejectedView } from '../../model/import-views.ts';
import type { KnowledgeMap, LeafDetail } from '../../model/knowledge-map.ts';
import type { ClosedOrder, OrderCounts, OrderDraft, OrderRow, OrderWithOutcome } from '../../model/order-views.ts';
import type { Overview } from '../../model/overview.ts';
import type { CountedPage, Page } from '../../model/page.ts';
import type { Preferences, PreferencesChange, SavedView } from '../../model/preferences.ts';
import type { Answer, Filter, Question } from '../../model/question.ts';
import type { TableSheet } from '../../model/table-sheet.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { RevealedVoice, VoicePage, VoiceSort, VoiceWithOrders } from '../../model/voice-views.ts';
import type { OrderAction } from '../../model/work-order.ts';
import { change, download, get, upload } from './client.ts';
import type { Query } from './client.ts';

type Signalled = { readonly signal?: AbortSignal };

export const signIn = (login: string, password: string) => change<{ me: Me }>('POST', '/api/session', { login, password });
export const signInByLink = (token: string) => change<{ me: Me }>('POST', '/api/session/link', { token });
export const signOut = () => change<unknown>('DELETE', '/api/session');
export const me = () => get<Me>('/api/me');
export const setMyLocale = (locale: 'zh' | 'en') => change<unknown>('PATCH', '/api/me', { locale });
export const preferences = () => get<Preferences>('/api/me/preferences');
export const changePreferences = (given: PreferencesChange) => change<Preferences>('PUT', '/api/me/preferences', given);
export const savedViews = () => get<{ rows: readonly SavedView[] }>('/api/views');
type ViewDraft = Pick<SavedView, 'name' | 'query' | 'audience'>;
export const keepView = (page: string, draft: ViewDraft) => change<{ view: SavedView }>('POST', '/api/views', { page, ...draft });
export const changeView = ({ id, version }: SavedView, draft: ViewDraft) =>
  change<{ view: SavedView }>('PUT', `/api/views/${encodeURIComponent(id)}`, { ...draft, version });
export const dropView = (id: string) => change<unknown>('DELETE', `/api/views/${encodeURIComponent(id)}`);
export const exportTable = (sheet: TableSheet, fallbackName: string) => download('/api/exports/table', sheet, fallbackName);
export const vocabulary = () => get<Vocabulary>('/api/vocabulary');

export const ask = (question: Question) => change<Answer>('POST', '/api/ask', question);
export const knowledgeMap = () => get<KnowledgeMap>('/api/knowledge-map');
export const knowledgeLeaf = (code: string) => get<LeafDetail>('/api/knowledge-map/leaf', { code });
export const hotWords = (where: readonly Filter[], against: 'rest' | 'before') =>
  change<HotWords>('POST', '/api/hot-words', { where, against });
export const searchVoices = (where: readonly Filter[], limit: number, cursor: string | null, sort: VoiceSort | null = null) =>
  change<VoicePage>('POST', '/api/voices/search', { where, limit, cursor, sort });
export const voice = (id: string) => get<{ voice: VoiceWithOrders }>(`/api/voices/${encodeURIComponent(id)}`);
export const revealVoice = (id: number, reason: string) => change<RevealedVoice>('POST', `/api/voices/${id}/reveal`, { reason });
export const exportAnswer = (question: Question, locale: 'zh' | 'en') =>
  download('/api/exports', { kind: 'answer', question, locale }, 'voxloop-answer.xlsx');
export const overview = (focus: string | null) => get<Overview>('/api/overview', { focus });

export const imports = (query: Query) => get<BatchPage>('/api/imports', query);
export const startImport = (file: File, source: string, as: Carries) =>
  upload<{ batch: BatchView }>('/api/imports', { name: file.name, source, as }, file);
export const importDetail = (id: string, { signal }: Signalled = {}) =>
  get<{ batch: BatchView; preview: ImportPreview | null }>(`/api/imports/${encodeURIComponent(id)}`, {}, signal);
export const setImport = (batch: BatchView, options: ImportSettings) =>
  change<{ batch: BatchView; preview?: ImportPreview }>('PATCH', `/api/imports/${batch.id}`, { version: batch.version, options });
export const importStep = (batch: BatchView, step: 'check' | 'commit' | 'cancel') =>
  change<{ batch: BatchView }>('POST', `/api/imports/${batch.id}/${step}`, { version: batch.version });
export const undoImport = ({ id, version }: BatchView, reason: string) =>
  change<{ batch: BatchView }>('POST', `/api/imports/${encodeURIComponent(id)}/undo`, { version, reason });
export const rejectedFile = (id: string, format: 'xlsx' | 'csv', reason: string, locale: 'zh' | 'en') =>
  download(`/api/imports/${encodeURIComponent(id)}/rejected/file`, { format, reason, locale }, `rejected.${format}`);
export const rejectedRows = (id: string, cursor: string | null) =>
  get<Page<RejectedView>>(`/api/imports/${encodeURIComponent(id)}/rejected`, { cursor });

export const revealRejected = (id: string, cursor: string | null, reason: string) =>
  change<Page<RejectedView>>('POST', `/api/imports/${encodeURIComponent(id)}/rejected/reveal`, {
    reason,
    ...(cursor === null ? {} : { cursor: Number(cursor) }),
  });

export const rules = () => get<{ rows: readonly RuleRow[] }>('/api/rules');
export const createRule = (draft: RuleDraft) => change<unknown>('POST', '/api/rules', draft);
export const previewRule = (draft: RuleDraft) => change<RulePreview>('POST', '/api/rules/preview', draft);
export const saveRule = (id: string, version: number, draft: RuleDraft) =>
  change<unknown>('PUT', `/api/rules/${encodeURIComponent(id)}`, { ...draft, version });

export const alarms = (query: Query) => get<CountedPage<AlarmRow>>('/api/alarms', query);
export const alarmCounts = (query: Query) => get<{ counts: readonly AlarmCount[] }>('/api/alarms/counts', query);
export const alarm = (id: string) =>
  get<{ alarm: AlarmRow; announcements: readonly AnnouncementRow[] }>(`/api/alarms/${encodeURIComponent(id)}`);
export const acknowledgeAlarm = (row: AlarmRow, reason: string) =>
  change<unknown>('POST', `/api/alarms/${row.id}/acknowledge`, { version: row.version, reason });
export const orderFromAlarm = (id: string) => change<{ order: OrderRow }>('POST', `/api/alarms/${id}/order`, {});

export const orders = (query: Query) => get<CountedPage<OrderRow>>('/api/orders', query);
export const orderCounts = (query: Query) => get<{ counts: OrderCounts }>('/api/orders/counts', query);
export const closedOrders = (query: Query) => get<{ rows: readonly ClosedOrder[] }>('/api/orders/closed', query);
export const order = (id: string) => get<{ order: OrderWithOutcome }>(`/api/orders/${encodeURIComponent(id)}`);
/** What is not said is decided by the server: the department by the cause. */
type Finding = Pick<OrderDraft, 'title' | 'where' | 'category' | 'severity'> & Partial<OrderDraft>;
export const createOrder = (draft: Finding) => change<{ order: OrderRow }>('POST', '/api/orders', draft);
export const actOnOrder = (row: OrderRow, action: OrderAction, note: string | null, department: string | null) =>
  change<unknown>('POST', `/api/orders/${row.id}/actions`, {
    action,
    version: row.version,
    ...(note === null ? {} : { note }),
    ...(department === null ? {} : { department }),
  });
export const commentOnOrder = (id: string, note: string) => change<unknown>('POST', `/api/orders/${id}/comments`, { note });

export const replayJob = (id: string) => change<unknown>('POST', `/api/jobs/${encodeURIComponent(id)}/replay`);
export const version = () => get<Readonly<Record<string, unknown>>>('/version');

export const experiments = (query: Query) => get<Page<ExperimentRow>>('/api/experiments', query);
type ToldExperiment = { readonly experiment: ExperimentDetail; readonly problems?: readonly Problem[] };
export const experiment = (id: string) => get<ToldExperiment>(`/api/experiments/${encodeURIComponent(id)}`);
export const makeExperiment = (draft: ExperimentDraft) => change<ToldExperiment>('POST', '/api/experiments', draft);
export const experimentStep = (
  { id, version }: ExperimentRow,
  step: 'cohort' | 'start' | 'stop' | 'conclude',
  more: Readonly<Record<string, unknown>> = {},
) => change<ToldExperiment>('POST', `/api/experiments/${encodeURIComponent(id)}/${step}`, { version, ...more });
export const pickChoices = (pick: CustomerPick) => get<PickChoices>('/api/experiments/customers', { pick: JSON.stringify(pick) });
export const lookAtExperiment = (id: string) => change<unknown>('POST', `/api/experiments/${encodeURIComponent(id)}/look`);
export const experimentFile = (row: ExperimentRow, kind: 'cohort' | 'outcomes', file: File, more: Query = {}) =>
  upload<ToldExperiment>(
    `/api/experiments/${encodeURIComponent(row.id)}/${kind}-file`,
    { name: file.name, version: row.version, ...more },
    file,
  );
export const demonstration = () => change<ToldExperiment>('POST', '/api/experiments/demonstration');
export const experimentTable = (file: File, query: Query) =>
  upload<ToldExperiment>('/api/experiments/tables', { name: file.name, ...query }, file);
export const powerOf = (query: Query) =>
  get<{ needed: number | null; needed_control: number | null; detectable: number | null; power: number | null }>(
    '/api/experiments/power',
    query,
  );
export const experimentVoices = (id: string, arm: number, kind: 'complaint' | 'grievance', stratum: string | null = null) =>
  get<{ count: number; customers: number; rows: readonly { id: number; said_at: string; customer: string; text: string }[] }>(
    `/api/experiments/${encodeURIComponent(id)}/voices`,
    { arm, kind, limit: 20, ...(stratum === null ? {} : { stratum }) },
  );
