/** What a column of a file may be. */
export const VOICE_FIELDS = [
  'outside_id',
  'said_at',
  'said_date',
  'said_clock',
  'kind',
  'channel',
  'product',
  'plan',
  'region',
  'city',
  'district',
  'community',
  'unit',
  'agent',
  'customer',
  'phone',
  'score',
  'status',
  'recorded_category',
  'text',
  'turns',
] as const;
export type VoiceField = (typeof VOICE_FIELDS)[number];

export const CUSTOMER_FIELDS = [
  'customer',
  'subscription',
  'name',
  'phone',
  'id_number',
  'address',
  'region',
  'city',
  'district',
  'community',
  'brand',
  'age_band',
  'tenure_months',
  'product',
  'plan',
  'value_tier',
  'group',
  'since',
  'until',
] as const;
export type CustomerField = (typeof CUSTOMER_FIELDS)[number];

/** What a subscription used, month by month. */
export const USAGE_FIELDS = ['subscription', 'customer', 'month', 'minutes', 'megabytes', 'messages', 'bill'] as const;
export type UsageField = (typeof USAGE_FIELDS)[number];

export type Field = VoiceField | CustomerField | UsageField;
