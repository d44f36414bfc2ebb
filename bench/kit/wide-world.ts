import { VOICE_ROWS } from '../../src/analyse/index.ts';

/**
 * Wide rows of voices made inside an engine by SQL, the same in DuckDB and in PostgreSQL: every value follows from the row's number
 * by arithmetic that both do alike. Three years in the order in which they arrive: jittered by a day, one in twenty up to a month late.
 */
export const FROM_MS = Date.UTC(2024, 0, 1);
export const SPAN_MS = 3 * 365 * 86_400_000;
const HOUR_MS = 3_600_000;

const PRIME = 2_147_483_647;
const HASHED = 10;

/**
 * Ten numbers a row, h0 … h9, each the square of the last beside the row's own number, by a prime: without pattern in their low digits,
 * and every product fits 63 bits.
 */
function hashes(from: string, engine: Engine): string {
  // PostgreSQL would write each level into the next, twice, and so compute a thousand products instead of ten.
  const fence = engine === 'postgres' ? ' offset 0' : '';
  let query = `select i, (i * 48271 + 11) % ${PRIME} as seed from ${from} n${fence}`;
  for (let k = 0; k < HASHED; k++) {
    const kept = Array.from({ length: k }, (_, i) => `h${i}, `).join('');
    const last = k === 0 ? 'seed' : `h${k - 1}`;
    query = `select i, ${kept}(${last} * ${last} + i + ${k * 7919}) % ${PRIME} as h${k} from (${query}) n${k}${fence}`;
  }
  return query;
}

const SUBJECTS = '家里宽带|手机信号|这个月的账单|营业厅的服务|新装的光纤|电视盒子|流量套餐|国际漫游|副卡|固定电话|网上营业厅|积分兑换';
const TROUBLES =
  '从昨天晚上开始就一直断断续续|多扣了好几十块钱没有人解释清楚|约好的上门时间一拖再拖没人联系|实名制认证排了一个上午都没办成|速度慢得连视频都打不开还总是掉线|客服说法前后不一让人不知道该信谁|说好的优惠活动到账以后变了样子|办理注销被要求跑了三个不同的厅';
const WISHES =
  '希望尽快派人上门查清楚并给一个说法|要求退还多收的费用并且书面说明原因|请在今天下班之前回电告知处理结果|如果再解决不了就打算换到别家去了|之前打过两次热线都没有任何下文|老人孩子在家都要用实在等不起了';

const pick = (words: string, number: string): string =>
  `split_part('${words}', '|', cast(${number} % ${words.split('|').length} + 1 as integer))`;
/** Both divide whole numbers otherwise: one keeps the fraction. */
const over = (number: string, n: number): string => `cast(floor((${number}) / ${n}e0) as bigint)`;
const coded = (prefix: string, number: string): string => `'${prefix}' || ${number}`;
/** Fewer of the higher numbers: n × u². */
const skewed = (n: number, hash: string): string => `cast(floor(${n} * (${hash} / ${PRIME}e0) * (${hash} / ${PRIME}e0)) as bigint)`;

const city = skewed(17, 'h0');
const district = `${city} * 8 + h1 % 8`;
const community = `(${district}) * 20 + h2 % 20`;
const category = skewed(120, 'h3');
const unit = `(${city} * 18 + h4 % 18)`;
const stepped = (rows: number): string => `cast(${FROM_MS} + floor(i * ${SPAN_MS / rows}e0) as bigint)`;
const saidMs = (rows: number): string => `${stepped(rows)} + h5 % 86400000 - case when h6 % 20 = 0 then h7 % 2592000000 else 0 end`;

const TEXTS: Readonly<Record<string, string>> = {
  source: coded('so_', 'h4 % 5'),
  channel: pick('hotline|hall|app|web|field|survey|social|sms', skewed(8, 'h5')),
  kind: pick('complaint|grievance|consultation|fault|suggestion|praise', skewed(6, 'h6')),
  product: pick('mobile|broadband|iptv|landline|enterprise|iot', skewed(6, 'h7')),
  plan: coded('plan-', skewed(40, 'h8')),
  status: pick('已办结|处理中|待回访', 'h9 % 3'),
  batch: coded('ba_', over('i', 5000)),
  city: coded('c', city),
  district: coded('d', `(${district})`),
  community: coded('m', `(${community})`),
  cell: `case when h4 % 3 = 0 then 'x' || ((${community}) * 4 + h5 % 4) end`,
  unit_id: coded('ou_', unit),
  unit_path: `'/ou_p/c' || ${city} || '/ou_' || ${unit} || '/'`,
  agent: coded('a', 'h9 % 3000'),
  customer: `'K' || ${skewed(2_000_000, 'h8')}`,
  brand: pick('全球通|动感地带|神州行|大众卡', 'h7 % 4'),
  age_band: pick('18-25|26-35|36-45|46-55|56-65|66+', 'h6 % 6'),
  value_tier: pick('高|中|低|零', skewed(4, 'h9')),
  vpmn_group: `case when h1 % 10 = 0 then 'v' || h2 % 500 end`,
  segment: pick('business-high|business-usual|young-high|young-usual|family-high|family-usual', 'h7 % 6'),
  temperament: pick('impatient|price-sensitive|cooperative|assertive|tolerant', 'h8 % 5'),
  cluster: coded('k', 'h9 % 6'),
  usage_group: pick('traditional|talkers|data|self-service', 'h6 % 4'),
  category_1: coded('g', over(category, 12)),
  category_2: `'g' || ${over(category, 12)} || '/h' || ${over(category, 4)}`,
  category: `'g' || ${over(category, 12)} || '/h' || ${over(category, 4)} || '/k' || ${category}`,
  recorded_category: `case when h5 % 2 = 0 then 'r' || h6 % 60 end`,
  stage: coded('s', 'h7 % 9'),
  department: coded('p', `${category} % 12`),
  business: coded('b', `${category} % 6`),
  support: coded('u', `${category} % 8`),
  bearer: coded('r', `${category} % 5`),
  feeling: pick('neutral|negative|angry|positive', skewed(4, 'h2')),
  language: pick('zh|en', 'case when h1 % 50 = 0 then 1 else 0 end'),
  text_masked: `${pick(SUBJECTS, 'h1')} || ${pick(TROUBLES, 'h2')} || '，' || ${pick(WISHES, 'h3')} || '，单号' || i || '，' || ${pick(WISHES, 'h4')}`,
};

type Engine = 'duckdb' | 'postgres';

function expression(name: string, engine: Engine, rows: number): string {
  const moment = (ms: string): string =>
    engine === 'duckdb' ? `epoch_ms(${ms})` : `timestamp '1970-01-01' + (${ms}) * interval '1 millisecond'`;
  switch (name) {
    case 'id':
      return 'i';
    case 'said_at':
      return moment(saidMs(rows));
    case 'said_local':
      return moment(`${saidMs(rows)} + ${8 * HOUR_MS}`);
    case 'arrived_at':
      return moment(`${stepped(rows)} + 86400000`);
    case 'said_at_known':
      return 'true';
    case 'confidence':
      return `cast(0.3e0 + 0.69e0 * (h3 / ${PRIME}e0) as double precision)`;
    case 'score':
      return 'case when h8 % 7 = 0 then cast(h9 % 11 as double precision) end';
    case 'attributes': {
      const [level, handled] = [pick('高|中|低', 'h8'), pick('已转|未转', 'h9')];
      return engine === 'duckdb'
        ? `map {'level': ${level}, 'handled': ${handled}}`
        : `jsonb_build_object('level', ${level}, 'handled', ${handled})`;
    }
    default:
      return TEXTS[name] ?? 'null';
  }
}

/** Rows numbered from `from` to before `before`, of `rows` in all. */
export function wideRows(engine: Engine, from: number, before: number, rows: number): string {
  const numbered =
    engine === 'duckdb' ? `range(${from}, ${before}) as r(i)` : `generate_series(${from}::bigint, ${before - 1}::bigint) as r(i)`;
  const columns = VOICE_ROWS.columns.map(({ name }) => `${expression(name, engine, rows)} as ${name}`);
  return `with numbered as (select cast(i as bigint) as i from ${numbered}), hashed as (${hashes('numbered', engine)}) select ${columns.join(', ')} from hashed`;
}
