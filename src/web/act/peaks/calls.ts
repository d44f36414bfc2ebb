import type {
  CallDetail,
  CallList,
  CallOutcome,
  CallRow,
  ComfortView,
  PeakEffect,
  PeakSettings,
  PeaksView,
  PeakVersion,
  Specialist,
  SpecialistDraft,
} from '../../../model/peaks.ts';
import type { SchemeId } from '../../../model/segment-views.ts';
import type { VoicePage } from '../../../model/voice-views.ts';
import { change, get, type Query } from '../../api/client.ts';

const callAt = (id: string): string => `/api/peaks/calls/${encodeURIComponent(id)}`;
type Version = { readonly version: number };

/** `segment`: null all, '' those in none; `addressOf` leaves empty values out, so the empty one is written here. */
export const peaks = (scheme: SchemeId, segment: string | null) =>
  get<PeaksView>(segment === '' ? `/api/peaks?scheme=${scheme}&segment=` : '/api/peaks', segment === '' ? {} : { scheme, segment });
export const fieldVoices = (field: string, cursor: string | null) =>
  get<VoicePage>(`/api/peaks/voices?${field}${cursor === null ? '' : `&cursor=${cursor}`}`);
export const queue = (asked: Query) => get<CallList>('/api/peaks/calls', asked);
export const oneCall = (id: string) => get<CallDetail>(callAt(id));
export const takeCall = ({ id, version }: Pick<CallRow, 'id' | 'version'>) => change<CallRow>('POST', `${callAt(id)}/take`, { version });
export const releaseCall = ({ id, version }: Pick<CallRow, 'id' | 'version'>) =>
  change<CallRow>('POST', `${callAt(id)}/release`, { version });
export const recordCall = ({ id, version }: Pick<CallRow, 'id' | 'version'>, outcome: CallOutcome) =>
  change<CallRow>('POST', `${callAt(id)}/outcome`, { version, outcome });

export const comforts = (city: string | null) => get<ComfortView>('/api/peaks/comforts', { city });
export const giveComfort = (given: object) => change<{ customers: number }>('POST', '/api/peaks/comforts', given);

export const specialists = () => get<{ rows: readonly Specialist[] }>('/api/peaks/specialists');
export const addSpecialist = (draft: SpecialistDraft & { readonly member: string; readonly city: string }) =>
  change<Version>('POST', '/api/peaks/specialists', draft);
export const saveSpecialist = (id: string, version: number, draft: SpecialistDraft) =>
  change<Version>('PUT', `/api/peaks/specialists/${encodeURIComponent(id)}`, { version, ...draft });

export const peakSettings = () => get<{ versions: readonly PeakVersion[] }>('/api/peaks/settings');
export const savePeakSettings = (settings: PeakSettings, seen: number, reason: string) =>
  change<PeakVersion>('PUT', '/api/peaks/settings', { settings, seen, reason });
export const effects = () => get<{ rows: readonly PeakEffect[] }>('/api/peaks/effects');
export const takeEffect = (experiment: string, seen: number, reason: string) =>
  change<PeakVersion>('POST', '/api/peaks/effects', { experiment, seen, reason });
