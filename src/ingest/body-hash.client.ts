import { hash } from 'node:crypto';
import type { VoiceDraft } from '../model/voice.ts';
import { canonicalBody } from './to-voice.ts';

/** 16 bytes of SHA-256, in hex. */
export const hashOf = (body: string): string => hash('sha256', body, 'hex').slice(0, 32);

export const bodyHash = (draft: VoiceDraft): string => hashOf(canonicalBody(draft));

/** Under what a source's voice is stored once: the source's own id, or else what it says. */
export const keyOf = (draft: VoiceDraft, body: string): string => draft.outsideId ?? `h:${body}`;
