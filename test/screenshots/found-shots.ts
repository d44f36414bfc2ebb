import type { BrowserContext } from 'playwright-core';
import type { Shot } from './pages.ts';

/** A file as a department might send one: a state that is no word of ours, days that are none, a row twice, and an empty complaint. */
const FILE = `工单编号,受理时间,工单类型,受理渠道,小区,投诉内容
w1,2026-03-01 10:00:00,投诉,热线,,家里宽带又断了，电话13912345678
w2,2026-02-30 10:00:00,投诉,热线,,晚上看视频一直转圈
w3,明天,投诉,营业厅,没有这个小区,账单多收了三十元
w4,2026-03-01 11:30:00,说不清,热线,,套餐到期没有提醒
w5,2026-03-01 12:00:00,投诉,热线,,
w1,2026-03-01 10:00:00,投诉,热线,,家里宽带又断了，电话13912345678
`;
const SOURCE = '截图';
const OURS = { 'x-voxloop': '1' };

interface Listed {
  readonly rows?: readonly { readonly id: string | number; readonly state?: string }[];
}
interface Batch {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}

/** Addresses that depend on what the world holds; what it lacks (an import with problems, a study with a report) is brought. */
export async function foundShots(context: BrowserContext, base: string): Promise<readonly Shot[]> {
  const ask = async <T>(path: string): Promise<T | null> => {
    const response = await context.request.get(base + path);
    return response.ok() ? ((await response.json()) as T) : null;
  };
  const send = async <T>(path: string, data: object | Buffer): Promise<T | null> => {
    const response = await context.request.post(base + path, {
      headers: { ...OURS, 'content-type': data instanceof Buffer ? 'application/octet-stream' : 'application/json' },
      data,
    });
    return response.ok() ? ((await response.json()) as T) : null;
  };
  const first = async (path: string): Promise<string | number | null> => (await ask<Listed>(path))?.rows?.[0]?.id ?? null;

  const voice = (await send<Listed>('/api/voices/search', { where: [], limit: 1 }))?.rows?.[0]?.id ?? null;
  const [alarm, order, batch] = [await first('/api/alarms?limit=1'), await first('/api/orders'), await first('/api/imports?state=done')];
  const draft = await withProblems('draft');
  const checked = await withProblems('checked');
  const study =
    (await first('/api/experiments')) ??
    (await send<{ experiment: { id: string } }>('/api/experiments/demonstration', {}))?.experiment.id ??
    null;
  const shot = (id: string | number | null, name: string, path: string): readonly Shot[] => (id === null ? [] : [{ name, path }]);
  return [
    ...shot(voice, 'voice-detail', `/voices?period=30d&voice=${voice}`),
    ...shot(alarm, 'alarm-detail', `/alarms?tab=resolved&alarm=${alarm}`),
    ...shot(order, 'order-detail', `/orders/${order}`),
    ...shot(batch, 'import-detail', `/imports/${batch}`),
    ...shot(draft, 'import-read', `/imports/${draft}?step=read`),
    ...shot(draft, 'import-map', `/imports/${draft}?step=map`),
    ...shot(checked, 'import-check', `/imports/${checked}?step=check`),
    ...shot(study, 'experiment-report', `/experiments/${study}`),
  ];

  /** The import of that state that an earlier run left in this home, else a new one. */
  async function withProblems(state: 'draft' | 'checked'): Promise<string | null> {
    const name = `${state}.csv`;
    const query = new URLSearchParams({ source: SOURCE, state, text: name });
    const there = await first(`/api/imports?${query.toString()}`);
    if (there !== null) return String(there);
    const upload = new URLSearchParams({ name, source: SOURCE });
    const made = (await send<{ batch: Batch }>(`/api/imports?${upload.toString()}`, Buffer.from(FILE)))?.batch;
    if (made === undefined) return null;
    if (state === 'draft') return made.id;
    await send(`/api/imports/${made.id}/check`, { version: made.version });
    for (let tries = 0; tries < 60; tries++) {
      const now = (await ask<{ batch: Batch }>(`/api/imports/${made.id}`))?.batch;
      if (now?.state === 'checked') return made.id;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return null;
  }
}
