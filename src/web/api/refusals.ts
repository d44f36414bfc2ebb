/** Codes a refusal may carry, each with a sentence in both languages (`i18n/problem-texts.ts`). */
export const REFUSALS = [
  'not-signed-in', 'not-allowed', 'not-found', 'stale-version', 'version-required', 'request-invalid', 'transition-illegal', 'conflict',
  'key-reused', 'sign-in-failed', 'sign-in-throttled', 'cross-site', 'too-large', 'busy', 'link-unusable', 'reason-required', 'state-wrong',
  'question-invalid', 'query-timeout', 'unavailable', 'unreachable',
] as const;
export type RefusalKey = (typeof REFUSALS)[number];
