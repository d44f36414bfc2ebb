import { ask } from '../analyse/read.sql.ts';
import { waitingOrders } from '../act/read.sql.ts';
import type { Viewer } from '../model/people.ts';
import { may } from '../model/may.ts';
import type { Answer, Filter, Names } from '../model/question.ts';
import type { Context } from '../platform/context.ts';
import { wallMsOf } from '../model/zoned-time.ts';
import { type Route, route } from '../platform/http/route.ts';
import { burningAlarms } from '../warn/read.sql.ts';
import { type Change, type Moved, changeOf, mainPlace, noticeable } from './overview.ts';

const DAY_MS = 86_400_000;
const DAYS = 7;
const SERIES_DAYS = 30;

/** What changed, what burns, what waits for the viewer. */
export const overviewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/overview',
    summary: 'What changed in the last seven days, what burns, and what waits for the viewer.',
    right: 'signed-in',
    scope: 'rows',
    handle: async ({ ctx, viewer }) => {
      const numbers = may(viewer, 'numbers.read');
      const [changed, series] = numbers ? await Promise.all([changesFor(ctx, viewer), seriesFor(ctx, viewer)]) : [[], null];
      return {
        changed,
        series,
        burning: may(viewer, 'alarms.read') ? await burningAlarms(ctx, viewer, 5) : [],
        waiting: may(viewer, 'orders.read') ? await waitingOrders(ctx, viewer, 5) : [],
        as_of: series?.as_of ?? ctx.clock.now(),
        empty: numbers && (series?.rows.length ?? 0) === 0,
      };
    },
  }),
];

/** The local date some days ago: a series of days begins with a whole one. */
const localDay = (ctx: Context, daysAgo: number): string =>
  new Date(wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone) - daysAgo * DAY_MS).toISOString().slice(0, 10);

function seriesFor(ctx: Context, viewer: Viewer): Promise<Answer> {
  return ask(ctx, viewer, {
    measures: ['voices', 'complaints'],
    by: ['day'],
    where: [{ field: 'said_at', from: localDay(ctx, SERIES_DAYS - 1) }],
    order: [{ by: 'day' }],
    limit: 60,
  });
}

async function changesFor(ctx: Context, viewer: Viewer): Promise<readonly Change[]> {
  const where: readonly Filter[] = [{ field: 'said_at', from: localDay(ctx, DAYS - 1) }];
  const question = { measures: ['voices'], where, compare: 'previous', limit: 5000 } as const;
  const [total, byCategory, byPlace] = await Promise.all([
    ask(ctx, viewer, { ...question, by: [] }),
    ask(ctx, viewer, { ...question, by: ['category_2'] }),
    ask(ctx, viewer, { ...question, by: ['category_2', 'district'] }),
  ]);
  const all = movedOf(total, null)[0];
  if (all === undefined) return [];
  const headline = { ...all, names: { zh: '近 7 天客户声音', en: 'Voices of the last 7 days' } };
  const rising = noticeable(
    movedOf(byCategory, 'category_2')
      .filter((group) => group.code !== null)
      .map((group) => withBranch(ctx, group)),
    4,
  );
  return [
    changeOf(headline, null, where),
    ...rising.map((group) => {
      const rows = byPlace.rows.filter((row) => row['category_2'] === group.code);
      const place = mainPlace(group, movedOf({ ...byPlace, rows }, 'district'));
      return changeOf(group, place, [...where, { field: 'category_2', in: [group.code] }]);
    }),
  ];
}

/** 收费 alone says little: 资费与账单·收费. */
function withBranch(ctx: Context, group: Moved): Moved {
  const branch = ctx.pack.categories.find((category) => category.code === group.code?.split('/')[0])?.names;
  return branch === undefined
    ? group
    : { ...group, names: { zh: `${branch.zh}·${group.names.zh}`, en: `${branch.en}: ${group.names.en}` } };
}

function movedOf(answer: Answer, dimension: string | null): readonly Moved[] {
  return answer.rows.map((row) => {
    const value = dimension === null ? null : row[dimension];
    const code = value === null || value === undefined ? null : String(value);
    const unknown: Names = { zh: code ?? '', en: code ?? '' };
    return {
      code,
      names: (dimension !== null && code !== null ? answer.labels[dimension]?.[code] : undefined) ?? unknown,
      value: Number(row['voices'] ?? 0),
      previous: Number(row['voices_previous'] ?? 0),
    };
  });
}
