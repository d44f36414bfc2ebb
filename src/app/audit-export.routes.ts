import { z } from 'zod';
import { type Sheet, dateCell, textCell } from '../analyse/export-cells.ts';
import { writeXlsx } from '../analyse/write-xlsx.client.ts';
import type { AuditRow } from '../model/audit-views.ts';
import { auditFilter } from '../people/audit.routes.ts';
import { type AuditFilter, auditRows, writeAudit } from '../people/audit.sql.ts';
import type { Context } from '../platform/context.ts';
import { type Route, route } from '../platform/http/route.ts';
import { inTransaction } from '../platform/postgres/db.ts';

const MOST = 100_000;

/** The audit as a workbook: the rows that the page shows under the same filters, newest first. */
export const auditExportRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/audit/export',
    summary: 'The filtered audit trail as xlsx, at most 100,000 rows; the export itself is written down. Carries no voices.',
    right: 'audit.read',
    scope: 'none',
    body: z.strictObject({ ...auditFilter, locale: z.enum(['zh', 'en']).default('zh') }),
    handle: async ({ ctx, viewer, body: { locale, ...filter }, reply }) => {
      const bytes = await inTransaction(ctx.db, async (tx) => {
        const rows = await auditRows(tx, filter, MOST + 1, null);
        const sheets = sheetsOf(ctx, rows, filter, locale);
        await writeAudit(tx, {
          ctx,
          viewer,
          via: 'web',
          action: 'audit.export',
          subjectKind: 'audit',
          subjectId: 'xlsx',
          detail: { rows: Math.min(rows.length, MOST), filter },
        });
        return writeXlsx(sheets);
      });
      return reply
        .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="voxloop-audit-${ctx.clock.now().slice(0, 10)}.xlsx"`)
        .send(bytes);
    },
  }),
];

function sheetsOf(ctx: Context, rows: readonly AuditRow[], filter: AuditFilter, locale: 'zh' | 'en'): readonly Sheet[] {
  const zh = locale === 'zh';
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.config.timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const header = zh
    ? ['时间', '谁', '途径', '动作', '对象类型', '对象', '对象名称', '细节', '编号']
    : ['When', 'Who', 'Via', 'Action', 'Kind of thing', 'Thing', 'Its name', 'Detail', 'Number'];
  const cells = rows
    .slice(0, MOST)
    .map((row) => [
      dateCell(local.format(new Date(row.at)).replace(' ', 'T')),
      ...[
        row.member?.name ?? '',
        row.via,
        row.action,
        row.subject.kind,
        row.subject.id,
        row.subject.name,
        JSON.stringify(row.detail),
        row.id,
      ].map((one) => textCell(one)),
    ]);
  const about: readonly (readonly [string, string])[] = [
    [
      zh ? '行数' : 'Rows',
      zh
        ? `${cells.length} 行${rows.length > MOST ? '（只含最新的部分）' : ''}`
        : `${cells.length}${rows.length > MOST ? ' (the newest only)' : ''}`,
    ],
    [zh ? '时区' : 'Time zone', ctx.config.timeZone],
    ...Object.entries(filter).flatMap(([name, value]): [string, string][] => (value === undefined || value === '' ? [] : [[name, value]])),
  ];
  return [
    { title: zh ? '审计' : 'Audit', header, formats: ['yyyy-mm-dd hh:mm:ss', null, null, null, null, null, null, null, null], rows: cells },
    {
      title: zh ? '说明' : 'About',
      header: zh ? ['项目', '内容'] : ['Item', 'Content'],
      formats: [null, null],
      rows: about.map((line) => line.map((text) => textCell(text))),
    },
  ];
}
