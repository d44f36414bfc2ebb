import type { OrderAction } from '../../model/work-order.ts';
import type { Answer, Filter, Question } from '../../model/question.ts';
import type { WarningRule } from '../../model/alarm.ts';
import { change, download, get, upload } from './client.ts';
import type { Query } from './client.ts';
import type {
  AlarmRow,
  Announcement,
  AuditRow,
  Batch,
  Counted,
  ImportOptions,
  JobsState,
  Me,
  OrderDetail,
  OrderRow,
  OrgMember,
  OrgUnit,
  Overview,
  Page,
  Preview,
  RejectedRow,
  Revealed,
  RuleRow,
  Vocabulary,
  VoiceDetail,
  VoicePage,
} from './types.ts';

type Signalled = { readonly signal?: AbortSignal };

export const signIn = (login: string, password: string) => change<{ me: Me }>('POST', '/api/session', { login, password });
export const signInByLink = (token: string) => change<{ me: Me }>('POST', '/api/session/link', { token });
export const signOut = () => change<unknown>('DELETE', '/api/session');
export const me = () => get<Me>('/api/me');
export const setMyLocale = (locale: 'zh' | 'en') => change<unknown>('PATCH', '/api/me', { locale });
export const vocabulary = () => get<Vocabulary>('/api/vocabulary');

export const ask = (question: Question) => change<Answer>('POST', '/api/ask', question);
export const searchVoices = (where: readonly Filter[], limit: number, cursor: string | null) =>
  change<VoicePage>('POST', '/api/voices/search', { where, limit, ...(cursor === null ? {} : { cursor }) });
export const voice = (id: string) => get<{ voice: VoiceDetail }>(`/api/voices/${encodeURIComponent(id)}`);
export const revealVoice = (id: number, reason: string) => change<Revealed>('POST', `/api/voices/${id}/reveal`, { reason });
export const exportAnswer = (question: Question, locale: 'zh' | 'en') =>
  download('/api/exports', { kind: 'answer', question, locale }, 'voxloop-answer.xlsx');
export const exportVoices = (where: readonly Filter[], locale: 'zh' | 'en') =>
  download('/api/exports', { kind: 'voices', where, locale }, 'voxloop-voices.xlsx');
export const overview = () => get<Overview>('/api/overview');

export const imports = (cursor: string | null) => get<Page<Batch>>('/api/imports', { cursor });
export const startImport = (file: File, source: string, as: 'voices' | 'customers') =>
  upload<{ batch: Batch }>('/api/imports', { name: file.name, source, as }, file);
export const importDetail = (id: string, { signal }: Signalled = {}) =>
  get<{ batch: Batch; preview: Preview | null }>(`/api/imports/${encodeURIComponent(id)}`, {}, signal);
export const setImport = (batch: Batch, options: ImportOptions) =>
  change<{ batch: Batch; preview?: Preview }>('PATCH', `/api/imports/${batch.id}`, { version: batch.version, options });
export const importStep = (batch: Batch, step: 'check' | 'commit' | 'cancel') =>
  change<{ batch: Batch }>('POST', `/api/imports/${batch.id}/${step}`, { version: batch.version });
export const rejectedRows = (id: string, cursor: string | null) =>
  get<Page<RejectedRow>>(`/api/imports/${encodeURIComponent(id)}/rejected`, { cursor });

export const revealRejected = (id: string, cursor: string | null, reason: string) =>
  change<Page<RejectedRow>>('POST', `/api/imports/${encodeURIComponent(id)}/rejected/reveal`, {
    reason,
    ...(cursor === null ? {} : { cursor: Number(cursor) }),
  });

export const rules = () => get<{ rows: readonly RuleRow[] }>('/api/rules');
export type RuleDraft = Omit<WarningRule, 'id' | 'version'>;
export const createRule = (draft: RuleDraft) => change<unknown>('POST', '/api/rules', draft);
export const saveRule = (id: string, version: number, draft: RuleDraft) =>
  change<unknown>('PUT', `/api/rules/${encodeURIComponent(id)}`, { ...draft, version });

export const alarms = (query: Query) => get<Counted<AlarmRow>>('/api/alarms', query);
export const alarm = (id: string) =>
  get<{ alarm: AlarmRow; announcements: readonly Announcement[] }>(`/api/alarms/${encodeURIComponent(id)}`);
export const acknowledgeAlarm = (row: AlarmRow, reason: string) =>
  change<unknown>('POST', `/api/alarms/${row.id}/acknowledge`, { version: row.version, reason });
export const orderFromAlarm = (id: string) => change<{ order: OrderRow }>('POST', `/api/alarms/${id}/order`, {});

export const orders = (query: Query) => get<Counted<OrderRow>>('/api/orders', query);
export const order = (id: string) => get<{ order: OrderDetail }>(`/api/orders/${encodeURIComponent(id)}`);
export interface OrderDraft {
  readonly title: string;
  readonly where: readonly Filter[];
  readonly category: string | null;
  readonly severity: string;
  readonly department?: string;
  readonly note?: string;
}
export const createOrder = (draft: OrderDraft) => change<{ order: OrderRow }>('POST', '/api/orders', draft);
export const actOnOrder = (row: OrderRow, action: OrderAction, note: string | null, department: string | null) =>
  change<unknown>('POST', `/api/orders/${row.id}/actions`, {
    action,
    version: row.version,
    ...(note === null ? {} : { note }),
    ...(department === null ? {} : { department }),
  });
export const commentOnOrder = (id: string, note: string) => change<unknown>('POST', `/api/orders/${id}/comments`, { note });

export const organisation = () => get<{ units: readonly OrgUnit[]; members: readonly OrgMember[] }>('/api/organisation');
export const audit = (cursor: string | null) => get<Page<AuditRow>>('/api/audit', { cursor });
export const jobs = () => get<JobsState>('/api/jobs');
export const replayJob = (id: string) => change<unknown>('POST', `/api/jobs/${encodeURIComponent(id)}/replay`);
export const version = () => get<Readonly<Record<string, unknown>>>('/version');
