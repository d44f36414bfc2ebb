/**
 * Where the fields of the analysis vocabulary stand in Postgres: `v` voices, `r` the newest reading of the voice,
 * `c` the customer, `g` where runs of segments put the customer. The warehouse has the same fields in its wide rows; a rule, an order and a question thus mean the same voices.
 */
export type VoiceField =
  | { readonly kind: 'column'; readonly table: 'v' | 'r' | 'c' | 'g'; readonly column: string }
  /** The first so many parts of the category code; empty when the code is shorter. */
  | { readonly kind: 'level'; readonly level: 1 | 2 }
  | { readonly kind: 'bucket'; readonly unit: 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year' }
  /** `yes` or `no`: whether the column says anything. */
  | { readonly kind: 'known'; readonly table: 'v' | 'r'; readonly column: string }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'number'; readonly column: 'id' | 'score' }
  | { readonly kind: 'time' };

const column = (table: 'v' | 'r' | 'c' | 'g', name: string): VoiceField => ({ kind: 'column', table, column: name });

const FIELDS: Readonly<Record<string, VoiceField>> = {
  source: column('v', 'source_id'),
  channel: column('v', 'channel'),
  kind: column('v', 'kind'),
  product: column('v', 'product'),
  plan: column('v', 'plan'),
  city: column('v', 'city'),
  district: column('v', 'district'),
  community: column('v', 'community'),
  cell: column('v', 'cell'),
  unit: column('v', 'unit_id'),
  agent: column('v', 'agent'),
  status: column('v', 'status'),
  batch: column('v', 'batch_id'),
  customer: column('v', 'customer'),
  recorded_category: column('v', 'recorded_category'),
  category_1: { kind: 'level', level: 1 },
  category_2: { kind: 'level', level: 2 },
  category: column('r', 'category'),
  department: column('r', 'department'),
  stage: column('r', 'stage'),
  business: column('r', 'business'),
  support: column('r', 'support'),
  bearer: column('r', 'bearer'),
  feeling: column('r', 'feeling'),
  language: column('r', 'language'),
  brand: column('c', 'brand'),
  age_band: column('c', 'age_band'),
  value_tier: column('c', 'value_tier'),
  vpmn_group: column('c', 'vpmn_group'),
  segment: column('c', 'segment'),
  temperament: column('g', 'temperament'),
  cluster: column('g', 'cluster'),
  usage_group: column('g', 'usage_group'),
  hour: { kind: 'bucket', unit: 'hour' },
  day: { kind: 'bucket', unit: 'day' },
  week: { kind: 'bucket', unit: 'week' },
  month: { kind: 'bucket', unit: 'month' },
  quarter: { kind: 'bucket', unit: 'quarter' },
  year: { kind: 'bucket', unit: 'year' },
  id: { kind: 'number', column: 'id' },
  score: { kind: 'number', column: 'score' },
  customer_known: { kind: 'known', table: 'v', column: 'customer' },
  score_known: { kind: 'known', table: 'v', column: 'score' },
  mapped: { kind: 'known', table: 'r', column: 'category' },
  said_at: { kind: 'time' },
};

const ATTRIBUTE = 'attr:';

export function voiceFieldOf(name: string): VoiceField | undefined {
  if (name.startsWith(ATTRIBUTE) && name.length > ATTRIBUTE.length) return { kind: 'attribute', name: name.slice(ATTRIBUTE.length) };
  return Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
}

/** Fields that say when, not what: a comparison of before and after leaves them out. */
export function isTimeField(name: string): boolean {
  const field = voiceFieldOf(name);
  return field?.kind === 'time' || field?.kind === 'bucket';
}

/**
 * What a rule may watch or ask for: what a voice and its reading say. Not the customer's attributes, which change
 * without a new voice, and not time, which is the window's.
 */
export function ruleFieldOf(name: string): VoiceField | undefined {
  const field = voiceFieldOf(name);
  const usable =
    field?.kind === 'level' || field?.kind === 'attribute' || (field?.kind === 'column' && (field.table === 'v' || field.table === 'r'));
  return usable ? field : undefined;
}

/** An empty category is called so in questions and answers. */
export const UNMAPPED = 'unmapped';

export function emptyNameOf(name: string): string | null {
  return name === 'category' || name === 'category_1' || name === 'category_2' ? UNMAPPED : null;
}
