import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from '@prometheus-io/client';
import type { Context } from '../../platform/context.ts';
import { diskOf } from './machine.client.ts';
import { silentSeconds } from './stalls.ts';

const registry = new Registry();
collectDefaultMetrics({ register: registry });
const requests = new Histogram({
  name: 'voxloop_http_request_seconds',
  help: 'Time to answer a request.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});
const jobsWaiting = new Gauge({
  name: 'voxloop_jobs_waiting',
  help: 'Jobs waiting or running.',
  labelNames: ['queue'],
  registers: [registry],
});
const scrapes = new Counter({ name: 'voxloop_metric_scrapes_total', help: 'Times that metrics were read.', registers: [registry] });

const tickSilence = new Gauge({
  name: 'voxloop_tick_silent_seconds',
  help: 'Seconds since a job that runs by itself last ended.',
  labelNames: ['queue'],
  registers: [registry],
});
const diskFree = new Gauge({ name: 'voxloop_home_free_bytes', help: 'Room left on the disk of the home.', registers: [registry] });

export function observeRequest(route: string, method: string, status: number, seconds: number): void {
  requests.observe({ method, route, status: String(status) }, seconds);
}

export async function metricsText(ctx: Context): Promise<{ type: string; text: string }> {
  scrapes.inc();
  jobsWaiting.reset();
  for (const [queue, n] of Object.entries(await ctx.jobs.depth().catch(() => ({})))) jobsWaiting.set({ queue }, n);
  tickSilence.reset();
  for (const tick of ctx.jobs.ticks()) tickSilence.set({ queue: tick.queue }, silentSeconds(tick));
  const disk = await diskOf(ctx.config).catch(() => null);
  if (disk !== null) diskFree.set(disk.free_bytes);
  return { type: registry.contentType, text: await registry.metrics() };
}
