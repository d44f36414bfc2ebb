import type { Names } from '../../model/question.ts';
import type { FeatureUnit } from '../../model/segment-views.ts';
import type { FeatureColumn, FeatureTable } from '../../maths/features.ts';
import { USAGE_FIGURES as USE } from '../../model/usage.ts';

/** What is known of each customer, column by column: who they are, and what they did in the window that a run looks at. */
interface Declared {
  readonly name: string;
  readonly names: Names;
  readonly kind: 'number' | 'category';
  /** value: what they are worth; who: attributes; did: behaviour of the window; use: monthly usage, where it was imported. */
  readonly group: 'value' | 'who' | 'did' | 'use';
  /** Clusters are made of it. */
  readonly clusters: boolean;
  readonly unit: FeatureUnit | null;
}

/** What customers with more and with less of it than others are called. */
export interface Called {
  readonly more: Names;
  readonly less: Names;
}

const called = (moreZh: string, moreEn: string, lessZh: string, lessEn: string): Called => ({
  more: { zh: moreZh, en: moreEn },
  less: { zh: lessZh, en: lessEn },
});

/** Short words for the names of clusters; a feature that is not here has its own name, with "high" or "low". */
export const CALLED: Readonly<Record<string, Called>> = {
  tenure_months: called('老客户', 'long with us', '新客户', 'new'),
  products: called('多产品', 'several products', '单一产品', 'one product'),
  voices: called('常来诉求', 'often heard', '很少来诉', 'seldom heard'),
  complaints: called('常投诉', 'often complains', '少投诉', 'seldom complains'),
  online: called('爱用线上', 'online', '少用线上', 'seldom online'),
  in_person: called('常去营业厅', 'in person', '少去营业厅', 'seldom in person'),
  negative: called('多不满', 'dissatisfied', '少不满', 'content'),
  money: called('多问资费', 'about money', '少问资费', 'seldom about money'),
  repeats: called('反复来诉', 'says it again', '很少再诉', 'seldom again'),
  minutes: called('通话多', 'many calls', '通话少', 'few calls'),
  megabytes: called('流量多', 'much data', '流量少', 'little data'),
  bill: called('账单高', 'high bill', '账单低', 'low bill'),
};

const declare = (
  name: string,
  zh: string,
  en: string,
  group: Declared['group'],
  {
    kind = 'number',
    clusters = false,
    unit = null,
  }: { readonly kind?: Declared['kind']; readonly clusters?: boolean; readonly unit?: FeatureUnit | null } = {},
): Declared => ({ name, names: { zh, en }, kind, group, clusters, unit });
const of = { kind: 'category', clusters: true } as const;
const clustered = { clusters: true } as const;

export const FEATURES: readonly Declared[] = [
  declare('value_tier', '价值等级', 'Value tier', 'value', of),
  declare('brand', '品牌', 'Brand', 'who', of),
  declare('age_band', '年龄段', 'Age band', 'who', of),
  declare('tenure_months', '在网', 'Tenure', 'who', { clusters: true, unit: 'months' }),
  declare('in_group', '集团（VPMN）成员', 'Member of a VPMN group', 'who'),
  declare('products', '产品数', 'Products', 'who', clustered),
  declare('voices', '诉求次数', 'Voices', 'did', clustered),
  declare('grievances', '抱怨次数', 'Grievances', 'did'),
  declare('complaints', '投诉次数', 'Complaints', 'did', clustered),
  declare('consultations', '咨询次数', 'Consultations', 'did'),
  declare('faults', '报障次数', 'Fault reports', 'did'),
  declare('online', '线上渠道次数', 'Through online channels', 'did', clustered),
  declare('in_person', '营业厅与上门次数', 'In person', 'did', clustered),
  declare('angry', '愤怒次数', 'Angry', 'did'),
  declare('negative', '不满与愤怒次数', 'Dissatisfied or angry', 'did', clustered),
  declare('positive', '满意次数', 'Satisfied', 'did'),
  declare('money', '涉及资费次数', 'About money', 'did', clustered),
  declare('pressing', '可追问的次数', 'Grievances, complaints and faults', 'did'),
  declare('repeats', '7 天内再诉次数', 'Said again within 7 days', 'did', clustered),
  declare('fast_repeats', '2 天内再诉次数', 'Said again within 2 days', 'did'),
  declare('escalated', '抱怨后 7 天内投诉次数', 'Complaints within 7 days of a grievance', 'did'),
  declare('said_impatient', '催促用语次数', 'Words of urging', 'did'),
  declare('said_price', '费用诉求用语次数', 'Words about price', 'did'),
  declare('said_cooperative', '配合用语次数', 'Words of cooperation', 'did'),
  declare('said_assertive', '据理力争用语次数', 'Words of insisting', 'did'),
  declare('said_tolerant', '体谅用语次数', 'Words of leniency', 'did'),
  declare('minutes', '月均通话', 'Calls a month', 'use', { clusters: true, unit: 'minutes' }),
  declare('megabytes', '月均流量', 'Data a month', 'use', { clusters: true, unit: 'megabytes' }),
  declare('messages', '月均短信', 'Messages a month', 'use'),
  declare('bill', '月均账单', 'Bill a month', 'use', { clusters: true, unit: 'yuan' }),
];

export const featureOf = (name: string): Declared | undefined => FEATURES.find((feature) => feature.name === name);

/** Columns of the customers' chunks, in the order in which they are read: the customer, the place, the segment by rule, then the features. */
export const HEAD = ['customer', 'city', 'district', 'segment'] as const;

/** Gathers chunks of columns, each a list of texts (empty: unknown), into one table. */
export class CustomerTable {
  readonly customers: string[] = [];
  readonly cities: string[] = [];
  readonly districts: string[] = [];
  readonly segments: string[] = [];
  readonly #numbers = new Map<string, number[]>();
  readonly #usage = new Map<string, readonly number[]>();
  readonly #codes = new Map<string, { readonly codes: number[]; readonly levels: Map<string, number> }>();

  /** What is known of customers' use from its own files: before what a customers file brought along. */
  addUsage(columns: ReadonlyMap<string, readonly string[]>): void {
    const figures = USE.map((name) => columns.get(name) ?? []);
    columns.get('customer')?.forEach((customer, i) =>
      this.#usage.set(
        customer,
        figures.map((texts) => (texts[i] === undefined || texts[i] === '' ? Number.NaN : Number(texts[i]))),
      ),
    );
  }

  add(columns: ReadonlyMap<string, readonly string[]>): void {
    const into = { customer: this.customers, city: this.cities, district: this.districts, segment: this.segments };
    for (const name of HEAD) for (const text of columns.get(name) ?? []) into[name].push(text);
    for (const { name, kind } of FEATURES) {
      const texts = columns.get(name);
      if (texts === undefined) continue;
      if (kind === 'number') this.#addNumbers(name, texts);
      else this.#addCodes(name, texts);
    }
  }

  #addNumbers(name: string, texts: readonly string[]): void {
    const numbers = this.#numbers.get(name) ?? [];
    this.#numbers.set(name, numbers);
    for (const text of texts) numbers.push(text === '' ? Number.NaN : Number(text));
  }

  #addCodes(name: string, texts: readonly string[]): void {
    const column = this.#codes.get(name) ?? { codes: [], levels: new Map<string, number>() };
    this.#codes.set(name, column);
    for (const text of texts) {
      const code = text === '' ? -1 : (column.levels.get(text) ?? column.levels.size);
      if (code === column.levels.size) column.levels.set(text, code);
      column.codes.push(code);
    }
  }

  #withUsage(name: string, values: Float64Array): Float64Array {
    const at = (USE as readonly string[]).indexOf(name);
    if (at < 0 || this.#usage.size === 0) return values;
    this.customers.forEach((customer, row) => {
      const known = this.#usage.get(customer)?.[at];
      if (known !== undefined && !Number.isNaN(known)) values[row] = known;
    });
    return values;
  }

  table(): FeatureTable {
    const columns = FEATURES.flatMap(({ name, kind }): readonly FeatureColumn[] => {
      const numbers = this.#numbers.get(name);
      const coded = this.#codes.get(name);
      if (kind === 'number')
        return numbers === undefined ? [] : [{ name, kind, values: this.#withUsage(name, Float64Array.from(numbers)) }];
      return coded === undefined ? [] : [{ name, kind, codes: Int32Array.from(coded.codes), levels: [...coded.levels.keys()] }];
    });
    return { rows: this.customers.length, columns };
  }
}

/** The numbers of one column; NaN throughout where the table lacks it. */
export function numbersOf(table: FeatureTable, name: string): Float64Array {
  const column = table.columns.find((each) => each.name === name);
  return column?.kind === 'number' ? column.values : new Float64Array(table.rows).fill(Number.NaN);
}
