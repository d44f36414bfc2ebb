import { startThread } from '../../platform/threads/thread.client.ts';
import { packedVersion, type ScoringVersion } from './score-moments.ts';
import type { Recorded, Scored } from './scored.ts';

/** A thread that scores by one version; one question at a time. Rejects when it died. */
export interface ScoreThread {
  score(recorded: Recorded): Promise<Scored>;
  end(): Promise<void>;
}

export function startScoreThread(version: ScoringVersion): ScoreThread {
  let asked = Promise.withResolvers<Scored>();
  let gone: Error | null = null;
  const thread = startThread(new URL('./score.worker.ts', import.meta.url), {
    given: packedVersion(version),
    heard: (scored: Scored) => asked.resolve(scored),
    ended: (why) => {
      gone = why;
      asked.promise.catch(() => undefined);
      asked.reject(why);
    },
  });
  return {
    score(recorded) {
      if (gone !== null) return Promise.reject(gone);
      asked = Promise.withResolvers();
      thread.say(recorded);
      return asked.promise;
    },
    end: () => thread.end(),
  };
}
