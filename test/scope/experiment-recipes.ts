import type { InjectOptions } from 'fastify';
import type { Recipes } from './recipes.ts';
import type { World } from './worlds.ts';

const bytes = (url: string, text: string): InjectOptions => ({
  method: 'POST',
  url,
  payload: Buffer.from(text),
  headers: { 'content-type': 'application/octet-stream' },
});
const post = (url: string, payload: object = {}): InjectOptions => ({ method: 'POST', url, payload });

/** One request that goes well for each changing route of experiments. */
export function experimentRecipes(world: () => World, second: () => number): Recipes {
  const experimentDraft = (name: string): object => ({
    name,
    strategy: '先回电',
    arms: [
      { name: '对照组', share: 1 },
      { name: '回电组', share: 1 },
    ],
    metrics: [
      { name: '投诉', source: 'complaint', direction: 'down' },
      { name: '离网', source: 'outcome', direction: 'down' },
    ],
    strata: [],
    windowDays: 14,
  });

  /** An experiment of city A that has come so far. */
  async function freshExperiment(until: 'draft' | 'cohort' | 'running' | 'stopped'): Promise<{ id: string; version: number }> {
    type Made = { experiment: { id: string; version: number } };
    const steps = ['draft', 'cohort', 'running', 'stopped'];
    let { experiment } = await world().do<Made>('me_a', post('/api/experiments', experimentDraft(`实验${second()}`)));
    const payloads = [
      ['cohort', { where: [] }],
      ['start', {}],
      ['stop', { reason: '够了' }],
    ] as const;
    for (const [verb, more] of payloads.slice(0, steps.indexOf(until)))
      ({ experiment } = await world().do<Made>(
        'me_a',
        post(`/api/experiments/${experiment.id}/${verb}`, { version: experiment.version, ...more }),
      ));
    return experiment;
  }

  return {
    'POST /api/experiments': async () => ({
      member: 'me_a',
      action: 'experiment.create',
      request: post('/api/experiments', experimentDraft(`实验${second()}`)),
    }),
    'PUT /api/experiments/:id': async () => {
      const { id, version } = await freshExperiment('draft');
      const payload = { ...experimentDraft('改名'), version };
      return { member: 'me_a', action: 'experiment.change', request: { method: 'PUT', url: `/api/experiments/${id}`, payload } };
    },
    'POST /api/experiments/:id/cohort': async () => {
      const { id, version } = await freshExperiment('draft');
      return { member: 'me_a', action: 'experiment.cohort', request: post(`/api/experiments/${id}/cohort`, { version, where: [] }) };
    },
    'POST /api/experiments/:id/cohort-file': async () => {
      const { id, version } = await freshExperiment('draft');
      const url = `/api/experiments/${id}/cohort-file?name=x.csv&version=${version}`;
      return { member: 'me_a', action: 'experiment.cohort', request: bytes(url, 'customer\nCA1\nCA2\n') };
    },
    'POST /api/experiments/:id/start': async () => {
      const { id, version } = await freshExperiment('cohort');
      return { member: 'me_a', action: 'experiment.start', request: post(`/api/experiments/${id}/start`, { version }) };
    },
    'POST /api/experiments/:id/look': async () => {
      const { id } = await freshExperiment('running');
      return { member: 'me_a', action: 'experiment.look', request: post(`/api/experiments/${id}/look`) };
    },
    'POST /api/experiments/:id/outcomes-file': async () => {
      const { id, version } = await freshExperiment('running');
      const url = `/api/experiments/${id}/outcomes-file?name=x.csv&version=${version}&metric=${encodeURIComponent('离网')}`;
      return { member: 'me_a', action: 'experiment.outcomes', request: bytes(url, 'customer,left\nCA1,1\nCA2,0\n') };
    },
    'POST /api/experiments/:id/stop': async () => {
      const { id, version } = await freshExperiment('running');
      const request = post(`/api/experiments/${id}/stop`, { version, reason: '够了' });
      return { member: 'me_a', action: 'experiment.stop', request };
    },
    'POST /api/experiments/:id/conclude': async () => {
      const { id, version } = await freshExperiment('stopped');
      const request = post(`/api/experiments/${id}/conclude`, { version, decision: 'adopt', note: '推广' });
      return { member: 'me_a', action: 'experiment.conclude', request };
    },
    'POST /api/experiments/tables': async () => ({
      member: 'me_a',
      action: 'experiment.table',
      request: bytes('/api/experiments/tables?name=T&arm=arm&metric=hit&control=A', 'arm,hit\nA,1\nB,0\nA,0\nB,1\n'),
    }),
    'POST /api/experiments/demonstration': async () => ({
      member: 'me_a',
      action: 'experiment.table',
      request: post('/api/experiments/demonstration'),
    }),
  };
}
