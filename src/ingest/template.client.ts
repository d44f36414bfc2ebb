import type { Workbook } from '@cj-tech-master/excelts';
import { sql } from 'kysely';
import type { Carries } from '../model/import-views.ts';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { MARK, MARK_SHEET, TEMPLATE_VERSION } from './files/mended-files.ts';
import { channelChoices, type Choice, kindChoices, type TemplateColumn, templateColumns, templateTitle } from './template-columns.ts';

type Locale = 'zh' | 'en';
type Choices = Readonly<Record<Choice, readonly string[]>>;

/** Rows below the header that have the drop-downs. */
const ROWS = 5_000;
const MOST_CHOICES = 5_000;
const LIST_SHEET = '_lists';

const STEMS: Readonly<Record<Carries, Readonly<Record<Locale, string>>>> = {
  voices: { zh: '客户声音', en: 'voices' },
  customers: { zh: '客户与用户', en: 'customers' },
  usage: { zh: '月度用量', en: 'usage' },
};

/** A workbook to be filled in: titles, a sample row, drop-downs from what stands now, a sheet that explains every column. */
export async function writeTemplate(
  ctx: Pick<Context, 'db' | 'pack'>,
  viewer: Viewer,
  as: Carries,
  locale: Locale,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const zh = locale === 'zh';
  const columns = templateColumns(as);
  const { Workbook } = await import('@cj-tech-master/excelts');
  const book = new Workbook();
  const data = book.addWorksheet(zh ? '数据' : 'Data', { views: [{ state: 'frozen', ySplit: 1 }] });
  data.columns = columns.map((column) => ({ header: templateTitle(column, locale), width: 20, style: { numFmt: '@' } }));
  data.getRow(1).font = { bold: true };
  data.addRow(columns.map(({ sample }) => sample[zh ? 0 : 1] || null));
  data.getRow(2).font = { italic: true, color: { argb: 'FF808080' } };
  const choices = await choicesOf(ctx, viewer, locale);
  const lists = book.addWorksheet(LIST_SHEET, { state: 'veryHidden' });
  columns.forEach((column, i) => addChoices(column, i + 1, choices, data, lists, zh));
  explain(book, columns, locale);
  const mark = book.addWorksheet(MARK_SHEET, { state: 'veryHidden' });
  mark.addRow([MARK, String(TEMPLATE_VERSION), as]);
  const stem = STEMS[as][locale];
  return { name: `${stem}_${zh ? '导入模板' : 'template'}.xlsx`, bytes: new Uint8Array(await book.xlsx.writeBuffer()) };
}

type Sheet = ReturnType<Workbook['addWorksheet']>;

function addChoices(column: TemplateColumn, place: number, choices: Choices, data: Sheet, lists: Sheet, zh: boolean): void {
  const { choice } = column;
  const words = choice === undefined ? [] : choices[choice];
  if (choice === undefined || words.length === 0) return;
  words.forEach((word, i) => (lists.getCell(i + 1, place).value = word));
  const letter = data.getColumn(place).letter;
  const strict = choice === 'kinds' || choice === 'channels';
  data.dataValidations.add(`${letter}2:${letter}${ROWS + 1}`, {
    type: 'list',
    allowBlank: true,
    formulae: [`${LIST_SHEET}!$${letter}$1:$${letter}$${words.length}`],
    // Words of one's own are allowed where the import can tell what is unknown.
    showErrorMessage: strict,
    errorStyle: strict ? 'stop' : 'information',
    errorTitle: zh ? '请从列表中选' : 'Choose from the list',
    error: zh ? '该列只接受列表中的词。' : 'This column takes the words of the list only.',
  });
}

function explain(book: Workbook, columns: readonly TemplateColumn[], locale: Locale): void {
  const zh = locale === 'zh';
  const sheet = book.addWorksheet(zh ? '填写说明' : 'How to fill it in');
  sheet.columns = [{ width: 22 }, { width: 10 }, { width: 90 }];
  sheet.addRow(zh ? ['列', '必填', '说明'] : ['Column', 'Required', 'What it is']).font = { bold: true };
  for (const { title, required, help } of columns)
    sheet.addRow([title[zh ? 0 : 1], required === true ? (zh ? '是' : 'yes') : '', help[zh ? 0 : 1]]);
  sheet.addRow([]);
  const notes = zh
    ? [
        '带 * 的列必填。',
        '灰色的示例行不会导入，可以保留，也可以覆盖。',
        '可以增加自己的列：认不出的列保留为属性。',
        '列的次序可以调整，标题请不要改动。',
      ]
    : [
        'Columns with * must be filled in.',
        'The grey sample row is not imported: keep it or write over it.',
        'Columns of your own are welcome; they are kept as attributes.',
        'Columns may stand in another order; leave their titles as they are.',
      ];
  for (const note of notes) sheet.addRow(['', '', note]);
}

/** From what stands now, and only what the viewer may see. A name that stands for several places is offered by its code. */
async function choicesOf(ctx: Pick<Context, 'db' | 'pack'>, viewer: Viewer, locale: Locale): Promise<Choices> {
  const city = viewer.scope === 'province' ? null : (viewer.city ?? '');
  const name = locale === 'zh' ? sql.ref('t.name') : sql.ref('t.name_en');
  const regions = await rowsOf(
    ctx.db,
    sql<{ word: string }>`
      select case when count(*) over (partition by ${name}) = 1 then ${name} else t.code end as word
      from regions t where t.level in ('city', 'district', 'community') and (${city}::text is null or t.city = ${city} or t.code = ${city})
      order by array_position(array['city', 'district', 'community'], t.level), t.code limit ${MOST_CHOICES}`,
  );
  const units = await rowsOf(
    ctx.db,
    sql<{ word: string }>`
      select case when count(*) over (partition by t.name) = 1 then t.name else t.id end as word
      from org_units t where t.level in ('branch', 'unit') and (${city}::text is null or t.city = ${city}) order by t.path limit ${MOST_CHOICES}`,
  );
  return {
    kinds: kindChoices(locale),
    channels: channelChoices(locale),
    products: ctx.pack.products.map(({ names }) => names[locale]),
    regions: regions.map(({ word }) => word),
    units: units.map(({ word }) => word),
  };
}
