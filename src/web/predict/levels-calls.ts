import type { GradedVoice, LevelDistribution, LevelSettings, LevelVersion, LevelsView } from '../../model/levels.ts';
import type { VoicePage } from '../../model/voice-views.ts';
import { change, get } from '../api/client.ts';

export const levels = () => get<LevelsView>('/api/levels');
export const previewLevels = (settings: LevelSettings) => change<LevelDistribution>('POST', '/api/levels/preview', { settings });
export const saveLevels = (settings: LevelSettings, seen: number, note: string | null) =>
  change<LevelVersion>('PUT', '/api/levels/settings', { settings, seen, note });
export const levelVoices = (level: number, cursor: string | null) => get<VoicePage>('/api/levels/voices', { level, cursor });
export const levelOfVoice = (id: number) => get<{ graded: GradedVoice | null }>(`/api/voices/${id}/level`);
