import type { OrderOfVoice } from './order-views.ts';
import type { CountedPage } from './page.ts';
import type { Because, Reading } from './reading.ts';
import type { RecordedFacts } from './recording.ts';
import type { Turn } from './voice.ts';

/** What a list and the page of a voice both show: codes, and the text masked. */
interface VoiceFace {
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
  readonly text: string;
  readonly customer: string | null;
  readonly status: string | null;
  readonly score: number | null;
  readonly batch: string;
}

/** A voice in a list: it was read, for the list comes from the warehouse. */
export interface VoiceRow extends VoiceFace {
  readonly feeling: string;
  readonly confidence: number;
}

/** By what voices are listed: rising, or falling with `-`. What is not known stands last. */
export const VOICE_SORTS = ['-said_at', 'said_at', '-confidence', 'confidence', '-score', 'score'] as const;
export type VoiceSort = (typeof VOICE_SORTS)[number];

export interface VoicePage extends CountedPage<VoiceRow> {
  readonly as_of: string;
}

/** One voice with its newest reading; what a reading says is null until it was read. */
export interface VoiceDetail extends VoiceFace {
  readonly feeling: string | null;
  readonly confidence: number | null;
  readonly cell: string | null;
  readonly agent: string | null;
  readonly recorded_category: string | null;
  readonly language: string | null;
  readonly business: string | null;
  readonly support: string | null;
  readonly bearer: string | null;
  readonly reader_version: string | null;
  readonly phone: string | null;
  readonly turns: readonly Turn[] | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly because: readonly Because[];
  readonly reading: Reading | null;
}

/** The page of one voice: with what was recorded at the desk, and the orders about it that the viewer may see. */
export interface VoiceWithOrders extends VoiceDetail {
  /** null: it came another way. */
  readonly recorded: RecordedFacts | null;
  readonly orders: readonly OrderOfVoice[];
}

/** A voice as it was said, after a reason was given. Name and address only where the customer is within scope. */
export interface RevealedVoice {
  readonly text: string;
  readonly phone: string | null;
  readonly customer_name: string | null;
  readonly address: string | null;
  /** null: it was not recorded at the desk. */
  readonly recorded: Pick<RecordedFacts, 'demand' | 'solution'> | null;
  readonly turns: readonly Turn[] | null;
  readonly attributes: Readonly<Record<string, string>>;
}
