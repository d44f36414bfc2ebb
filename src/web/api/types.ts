import type { AlarmState, Severity, WarningRule } from '../../model/alarm.ts';
import type { Role, ScopeKind, Verb } from '../../model/people.ts';
import type { Problem, ProblemGroup } from '../../model/problem.ts';
import type { Answer, Filter, Names } from '../../model/question.ts';
import type { Because } from '../../model/reading.ts';
import type { Turn } from '../../model/voice.ts';
import type { OrderAction, OrderState, Outcome } from '../../model/work-order.ts';

/** What the server answers, as it travels. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}
export interface Counted<T> extends Page<T> {
  readonly count: number;
}
export interface Coded {
  readonly code: string;
  readonly names: Names;
}

export interface Me {
  readonly member: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly verbs: readonly Verb[];
  readonly scope: ScopeKind;
  readonly scope_words: Names;
  readonly department: string | null;
  readonly locale: 'zh' | 'en';
  readonly unit: { readonly id: string; readonly name: string; readonly name_en: string };
}

export interface Vocabulary {
  readonly measures: readonly { readonly name: string; readonly unit: string; readonly names: Names; readonly help: Names }[];
  readonly dimensions: readonly { readonly name: string; readonly names: Names; readonly group: string }[];
  readonly categories: readonly (Coded & { readonly parent: string | null; readonly stage: string | null; readonly cell: unknown })[];
  readonly departments: readonly Coded[];
  readonly stages: readonly Coded[];
  readonly businesses: readonly Coded[];
  readonly supports: readonly Coded[];
  readonly bearers: readonly Coded[];
  readonly products: readonly Coded[];
  readonly kinds: readonly Coded[];
  readonly channels: readonly Coded[];
  readonly feelings: readonly Coded[];
  readonly sources: readonly Coded[];
  readonly regions: readonly (Coded & { readonly parent: string | null; readonly level: string })[];
  readonly units: readonly (Coded & { readonly parent: string | null })[];
  readonly attributes: readonly string[];
}

export interface VoiceRow {
  readonly id: number;
  readonly said_at: string;
  readonly said_at_known: boolean;
  readonly arrived_at: string;
  readonly kind: string;
  readonly channel: string;
  readonly source: string;
  readonly product: string | null;
  readonly plan: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly community: string | null;
  readonly unit: string | null;
  readonly department: string | null;
  readonly category: string | null;
  readonly stage: string | null;
  readonly feeling: string | null;
  readonly confidence: number | null;
  readonly text: string;
  readonly customer: string | null;
  readonly status: string | null;
  readonly score: number | null;
  readonly batch: string | null;
}
export interface VoiceDetail extends VoiceRow {
  readonly phone: string | null;
  readonly turns: readonly Turn[] | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly because: readonly Because[];
  readonly orders?: readonly { readonly id: string; readonly title: string; readonly state: OrderState }[];
}
export interface VoicePage extends Counted<VoiceRow> {
  readonly as_of: string;
}
export interface Revealed {
  readonly text: string;
  readonly phone: string | null;
  readonly customer_name: string | null;
  readonly address: string | null;
  readonly turns: readonly Turn[] | null;
}

export type BatchState = 'draft' | 'checking' | 'checked' | 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
export interface ImportMapping {
  readonly columns: Readonly<Record<string, string>>;
  readonly constants?: Readonly<Record<string, string>>;
  readonly dateOrder?: string;
  readonly zone?: string;
}
export interface ImportOptions {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly header_row?: number;
  readonly mapping?: ImportMapping;
  readonly said_at?: string;
}
export interface Batch {
  readonly id: string;
  readonly source: string;
  readonly as: 'voices' | 'customers';
  readonly file_name: string;
  readonly state: BatchState;
  readonly rows_total: number | null;
  readonly rows_done: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly problems: readonly ProblemGroup[];
  readonly rows_per_second: number | null;
  readonly seconds_left: number | null;
  readonly percent: number | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly member: string;
  readonly error: { readonly code?: string; readonly detail?: string } | null;
  readonly version: number;
  readonly options: ImportOptions;
}
export interface PreviewColumn {
  readonly title: string;
  readonly samples: readonly (string | number | null)[];
  readonly suggested: { readonly field: string; readonly confidence: number } | null;
}
export interface Preview {
  readonly columns: readonly PreviewColumn[];
  readonly constants?: Readonly<Record<string, string>> | null;
  readonly date_order?: string | null;
  readonly format?: string | null;
  readonly encoding?: string | null;
  readonly delimiter?: string | null;
  readonly sheet?: string | null;
  readonly sheets?: readonly string[] | null;
  readonly header_row?: number | null;
  readonly problems?: readonly Problem[];
}
export interface RejectedRow {
  readonly row: number;
  readonly problems: readonly Problem[];
  readonly raw: unknown;
  readonly conflict_with: number | null;
}

export type RuleRow = WarningRule & { readonly updated_at: string };
export interface Entity {
  readonly dimension: string;
  readonly value: string;
  readonly names?: Names | null;
}
export interface AlarmRow {
  readonly id: string;
  readonly rule: {
    readonly id: string;
    readonly names: Names;
    readonly severity: Severity;
    readonly department: string;
    readonly window_minutes: number;
    readonly threshold: number;
  };
  readonly entity: Entity;
  readonly state: AlarmState;
  readonly began_at: string;
  readonly fired_at: string | null;
  readonly resolved_at: string | null;
  readonly voices: number;
  readonly historical: boolean;
  readonly known_at: string;
  readonly acknowledged?: { readonly at: string; readonly by: string; readonly reason: string } | null;
  readonly where: readonly Filter[];
  readonly order: { readonly id: string; readonly state: OrderState } | null;
  readonly version: number;
}
export interface Announcement {
  readonly recipient: string;
  readonly channel: string;
  readonly state: 'waiting' | 'delivered' | 'failed' | 'suppressed';
  readonly sent_at: string | null;
  readonly attempts: number;
}

export interface OrderRow {
  readonly id: string;
  readonly title: string;
  readonly state: OrderState;
  readonly severity: Severity;
  readonly department: string;
  readonly unit: { readonly id: string; readonly names: Names } | null;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly entity: Entity | null;
  readonly category: string | null;
  readonly created_at: string;
  readonly due_at: string;
  readonly overdue: boolean;
  readonly minutes_left: number | null;
  readonly alarm: string | null;
  readonly version: number;
}
export interface OrderEvent {
  readonly seq: number;
  readonly at: string;
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly action: string;
  readonly from: OrderState | null;
  readonly to: OrderState | null;
  readonly note: string | null;
}
export interface OutcomeWhere {
  readonly before: readonly Filter[];
  readonly after: readonly Filter[];
}
export interface OrderDetail extends OrderRow {
  readonly where: readonly Filter[];
  readonly actions: readonly OrderAction[];
  readonly events: readonly OrderEvent[];
  readonly outcome: Outcome | null;
  readonly outcome_words: Names | null;
  /** The voices counted before and after; null before anything was measured. */
  readonly outcome_where?: OutcomeWhere | null;
}

export interface Overview {
  readonly changed: readonly {
    readonly sentence: Names;
    readonly measure: string;
    readonly value: number;
    readonly previous: number | null;
    readonly change: number | null;
    readonly where: readonly Filter[];
  }[];
  readonly burning: readonly AlarmRow[];
  readonly waiting: readonly OrderRow[];
  /** null: the viewer may not read numbers. */
  readonly series: Answer | null;
  readonly as_of: string;
  readonly empty: boolean;
}

export interface OrgUnit {
  readonly id: string;
  readonly parent: string | null;
  readonly level: string;
  readonly name: string;
  readonly name_en: string;
}
export interface OrgMember {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly roles: readonly Role[];
  readonly scope: ScopeKind;
  readonly scope_words: Names;
  readonly unit: { readonly id: string; readonly name: string };
  readonly disabled: boolean;
}
export interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly via: string;
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly detail: unknown;
}
export interface JobsState {
  readonly depth: Readonly<Record<string, number>>;
  readonly dead: readonly DeadJob[];
  readonly health: {
    readonly ready: boolean;
    readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>;
    readonly warehouse_as_of: string | null;
  };
}
export interface DeadJob {
  readonly id: string;
  readonly queue: string;
  readonly failedAt: string;
  readonly attempts: number;
  readonly error: string;
}
