import { z } from 'zod';
import { CELL_FORMATS, type CellFormat, type TableSheet } from '../model/table-sheet.ts';
import { wallMsOf } from '../model/zoned-time.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { type Route, route } from '../platform/http/route.ts';
import { safeText, type Sheet, type SheetCell, textCell } from './export-cells.ts';
import { timeBound } from './local-time.ts';
import { writeXlsx } from './write-xlsx.client.ts';

const MOST_ROWS = 5000;
const MOST_COLUMNS = 80;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const sheet: z.ZodType<TableSheet> = z.strictObject({
  name: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().trim().min(1).max(60),
  columns: z
    .array(z.strictObject({ title: z.string().max(200), format: z.enum(CELL_FORMATS).exactOptional() }))
    .min(1)
    .max(MOST_COLUMNS),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()])).max(MOST_COLUMNS)).max(MOST_ROWS),
  filters: z.array(z.string().max(2000)).max(60).default([]),
  total_rows: z.int().min(0),
  locale: z.enum(['zh', 'en']).default('zh'),
});

/** The rows as they stood on the screen, and a sheet that says which part of what they are. */
export const exportTableRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/exports/table',
    summary: 'The rows of a table on the screen as an XLSX file. The caller sends the cells, so it carries no scoped data of ours.',
    right: 'numbers.export',
    scope: 'none',
    body: sheet,
    handle: async ({ ctx, viewer, body, reply }) => {
      const now = ctx.clock.now();
      const zone = ctx.config.timeZone;
      const wall = new Date(wallMsOf(Date.parse(now), zone)).toISOString().slice(0, 19).replace('T', ' ');
      const bytes = await writeXlsx([dataSheet(body, zone), aboutSheet(body, `${wall} ${zone}`)]);
      const file = `${body.title}_${wall.slice(0, 10)}.xlsx`;
      const detail = {
        columns: body.columns.map((c) => c.title),
        filters: body.filters,
        rows: body.rows.length,
        total_rows: body.total_rows,
      };
      await writeAudit(ctx.db, { ctx, viewer, via: 'web', action: 'export.table', subjectKind: 'table', subjectId: body.name, detail });
      return reply
        .header('content-type', XLSX)
        .header('content-disposition', `attachment; filename="voxloop_${body.name}.xlsx"; filename*=UTF-8''${encodeURIComponent(file)}`)
        .send(bytes);
    },
  }),
];

const FORMATS: Readonly<Record<CellFormat, string>> = {
  number: 'General',
  decimal: '0.00',
  share: '0.0%',
  time: 'yyyy-mm-dd hh:mm:ss',
};

function dataSheet({ title, columns, rows, locale }: TableSheet, zone: string): Sheet {
  return {
    title: sheetTitle(title, locale === 'zh' ? '数据' : 'Data'),
    header: columns.map((column) => safeText(column.title)),
    formats: columns.map(({ format }) => (format === undefined ? null : FORMATS[format])),
    rows: rows.map((row) => columns.map(({ format }, i) => cellOf(row[i] ?? null, format, zone))),
  };
}

/** A time is the date that the product's clock shows, for a spreadsheet knows no zones. */
function cellOf(value: string | number | null, format: CellFormat | undefined, zone: string): SheetCell {
  if (format === undefined || value === null) return textCell(value);
  if (format !== 'time') return typeof value === 'number' ? { kind: 'number', value } : textCell(value);
  const bound = timeBound(String(value));
  if (bound === null) return textCell(value);
  return { kind: 'date', ms: bound.clock === 'wall' ? bound.ms : wallMsOf(bound.ms, zone) };
}

/** What a spreadsheet allows as the name of a sheet. */
const sheetTitle = (title: string, otherwise: string): string =>
  title
    .replaceAll(/[\\/?*[\]:']/g, ' ')
    .trim()
    .slice(0, 31) || otherwise;

function aboutSheet({ filters, rows, total_rows: total, locale }: TableSheet, now: string): Sheet {
  const zh = locale === 'zh';
  const lines = [
    [zh ? '导出时间' : 'Exported at', now],
    [zh ? '行数' : 'Rows', zh ? `${rows.length} 行，共 ${total} 行` : `${rows.length} of ${total}`],
    ...filters.map((filter) => [zh ? '条件' : 'Filter', filter]),
  ];
  return {
    title: zh ? '说明' : 'About',
    header: zh ? ['项目', '内容'] : ['Item', 'Content'],
    formats: [null, null],
    rows: lines.map((line) => line.map((text) => textCell(text))),
  };
}
