import { z } from 'zod';
import { addActions } from '../../ingest/read.sql.ts';
import type { OddsPage, OddsRow, VoiceHandling, VoiceOdds } from '../../model/complaint-odds.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { voiceIsSeen } from '../voice-is-seen.sql.ts';
import { actionsOf } from './actions.sql.ts';
import { activeVersion } from './active-version.sql.ts';
import { leafNames } from '../../model/leaf-names.ts';
import { helpsFor } from './helps-for.ts';
import { cardView, versionView } from './model-page.ts';
import { categoryOf } from './moment-builder.ts';
import { filedAs } from './moments.sql.ts';
import { calibrationAtLarge, driftOfVersion } from './model-watch.sql.ts';
import { scoreVoices } from './score.job.ts';
import { scoreOf } from './scores.sql.ts';
import { topOdds } from './top-odds.sql.ts';
import { backedBy } from './backing.ts';
import { enqueueTraining } from './train.job.ts';
import { lastTraining, openTraining, stopTraining, TRAIN_QUEUE } from './trainings.sql.ts';
import { complaintTrials } from './trials.sql.ts';
import { championVersion, versions } from './versions.sql.ts';

const voice = z.strictObject({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

export const modelRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/models',
    summary:
      'The model of complaint probability: how good it is, what moves it, drift, versions. Figures about the model, not about voices.',
    right: 'numbers.read',
    scope: 'none',
    handle: async ({ ctx }): Promise<OddsPage> => {
      const [champion, all, open, last] = await Promise.all([
        championVersion(ctx.db),
        versions(ctx.db, 20),
        openTraining(ctx.db),
        lastTraining(ctx.db),
      ]);
      const trainings = { training: open ?? null, last_training: last ?? null };
      if (champion === undefined)
        return { champion: null, versions: all.map(versionView), helps: [], drift: [], large: null, ...trainings };
      const [drift, large, trials] = await Promise.all([
        driftOfVersion(ctx, champion),
        calibrationAtLarge(ctx, champion),
        complaintTrials(ctx.db),
      ]);
      const { week, month } = champion.card;
      const zone = ctx.config.timeZone;
      return {
        champion: { ...versionView(champion), week: cardView(week, zone), month: cardView(month, zone) },
        versions: all.map(versionView),
        helps: backedBy(champion.card.helps, trials),
        drift,
        large,
        ...trainings,
      };
    },
  }),
  route({
    method: 'POST',
    path: '/api/models/train',
    summary: 'Train a version on all that is known; it scores if it is the first, or better than the champion beyond noise.',
    right: 'reader.train',
    scope: 'none',
    handle: async ({ ctx, viewer, reply }) => {
      await inTransaction(ctx.db, async (tx) => {
        await enqueueTraining(tx, ctx, viewer.member);
        await writeAudit(tx, { ctx, viewer, via: 'web', action: 'model.ask', subjectKind: 'model', subjectId: 'complaint' });
      });
      ctx.jobs.nudge(TRAIN_QUEUE);
      reply.status(202);
      return { asked: true };
    },
  }),
  route({
    method: 'POST',
    path: '/api/models/train/cancel',
    summary: 'Stop the training that is on its way; the version that scores stays.',
    right: 'reader.train',
    scope: 'none',
    handle: async ({ ctx, viewer }) =>
      inTransaction(ctx.db, async (tx) => {
        const stopped = await stopTraining(tx, ctx.clock.now());
        await writeAudit(tx, { ctx, viewer, via: 'web', action: 'model.stop', subjectKind: 'model', subjectId: 'complaint' });
        return { stopped };
      }),
  }),
  route({
    method: 'GET',
    path: '/api/models/top',
    summary:
      'Recent grievances by probability of a complaint within thirty days, within the data scope; not those that were complained about already.',
    right: 'voices.read',
    scope: 'rows',
    query: z.strictObject({
      days: z.coerce.number().int().min(1).max(30).default(7),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    handle: async ({ ctx, viewer, query }): Promise<{ readonly rows: readonly OddsRow[] }> => ({
      rows: await topOdds(ctx.db, viewer, { ...query, now: ctx.clock.now() }),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/voices/:id/odds',
    summary: 'How likely a grievance is to become a complaint, and why; null where there is no model, or nothing to foretell.',
    right: 'voices.read',
    scope: 'rows',
    params: voice,
    handle: async ({ ctx, viewer, params: { id } }): Promise<{ readonly odds: VoiceOdds | null }> => {
      if (!(await voiceIsSeen(ctx.db, viewer, id))) throw new Refusal('not-found');
      const version = await activeVersion(ctx);
      if (version === null) return { odds: null };
      const stored = await scoreOf(ctx.db, id, version.id);
      if (stored === undefined) await scoreVoices(ctx, version, [id]);
      const odds = stored ?? (await scoreOf(ctx.db, id, version.id));
      if (odds === undefined) return { odds: null };
      const { scored_at: _at, complained30: _after, ...told } = odds;
      return { odds: told };
    },
  }),
  route({
    method: 'GET',
    path: '/api/voices/:id/handling',
    summary: 'What was done about a voice, and which actions that are done about such grievances went with fewer complaints.',
    right: 'voices.read',
    scope: 'rows',
    params: voice,
    handle: async ({ ctx, viewer, params: { id } }): Promise<VoiceHandling> => {
      if (!(await voiceIsSeen(ctx.db, viewer, id))) throw new Refusal('not-found');
      const [actions, champion, trials, filed] = await Promise.all([
        actionsOf(ctx.db, id),
        championVersion(ctx.db),
        complaintTrials(ctx.db),
        filedAs(ctx.db, id),
      ]);
      const kinds = ctx.pack.handling_actions.map(({ code, names }) => ({ kind: code, names }));
      const done = new Set(actions.map(({ kind }) => kind));
      const category = filed === undefined ? null : categoryOf(filed, leafNames(ctx.pack));
      const helps = helpsFor(champion?.card.helps ?? [], category).filter(({ kind }) => !done.has(kind));
      return { actions, kinds, helps: backedBy(helps, trials) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/voices/:id/handling',
    summary: 'Record what was done about a voice.',
    right: 'orders.work',
    scope: 'rows',
    params: voice,
    body: z.strictObject({ kind: z.string().min(1).max(60) }),
    handle: async ({ ctx, viewer, params: { id }, body }) => {
      if (!ctx.pack.handling_actions.some(({ code }) => code === body.kind)) throw new Refusal('request-invalid');
      return inTransaction(ctx.db, async (tx) => {
        if (!(await voiceIsSeen(tx, viewer, id))) throw new Refusal('not-found');
        const now = ctx.clock.now();
        await addActions(tx, [{ voice: id, kind: body.kind, at: now }], { member: viewer.member, now });
        await writeAudit(tx, {
          ctx,
          viewer,
          via: 'web',
          action: 'voice.handle',
          subjectKind: 'voice',
          subjectId: String(id),
          detail: { kind: body.kind },
        });
        return { actions: await actionsOf(tx, id) };
      });
    },
  }),
];
