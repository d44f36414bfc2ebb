import { type SeededRandom, seededRandom } from '../../src/maths/seeded-random.ts';
import type { Region, WorldOptions } from './world.ts';

/** 澜江省 does not exist; its administrative codes begin with 89, which no real province has. */
export const PROVINCE = { code: '89', name: '澜江省', name_en: 'Lanjiang Province' };

const CITIES = [
  {
    name: '云川市',
    en: 'Yunchuan',
    share: 0.28,
    districts: '城中区 Chengzhong,北湖区 Beihu,东台区 Dongtai,西陵新区 Xiling New Area,望云县 Wangyun',
  },
  { name: '临澜市', en: 'Linlan', share: 0.23, districts: '江岸区 Jiang’an,南渡区 Nandu,桥头区 Qiaotou,开发区 Kaifa,清源县 Qingyuan' },
  { name: '青屿市', en: 'Qingyu', share: 0.19, districts: '海角区 Haijiao,石门区 Shimen,双塔区 Shuangta,滨湾区 Binwan,盐田县 Yantian' },
  {
    name: '东澍市',
    en: 'Dongshu',
    share: 0.16,
    districts: '梅园区 Meiyuan,松林区 Songlin,铁西新区 Tiexi New Area,平乐县 Pingle,长岭县 Changling',
  },
  { name: '宁泽市', en: 'Ningze', share: 0.14, districts: '泽中区 Zezhong,柳河区 Liuhe,白塔区 Baita,永丰县 Yongfeng,安谷县 Angu' },
] as const;

const FIRST = (
  '翠湖 Cuihu,锦绣 Jinxiu,阳光 Yangguang,金桂 Jingui,御景 Yujing,东方 Dongfang,和平 Heping,幸福 Xingfu,学府 Xuefu,春江 Chunjiang,' +
  '枫林 Fenglin,水岸 Shui’an,铂悦 Boyue,紫云 Ziyun,安居 Anju,龙泉 Longquan,银河 Yinhe,梧桐 Wutong,凤鸣 Fengming,海棠 Haitang,' +
  '中央 Zhongyang,碧水 Bishui,丽景 Lijing,新城 Xincheng'
).split(',');
const LAST = '花园 Garden,家园 Homes,苑 Court,名邸 Residence,小区 Estate,公馆 Mansion,里 Lane,新村 New Village,府 House,湾 Bay'.split(',');

export interface Place {
  readonly community: string;
  readonly district: string;
  readonly city: string;
  /** What people write in an address. */
  readonly words: string;
  readonly weight: number;
  readonly cells: readonly string[];
}

export interface Land {
  readonly regions: readonly Region[];
  readonly places: readonly Place[];
  readonly cities: readonly { readonly code: string; readonly name: string; readonly en: string; readonly share: number }[];
  readonly districts: readonly { readonly code: string; readonly city: string; readonly name: string; readonly en: string }[];
}

/** Province → 5 cities → 25 districts → communities of about 120 customers, each with one or two radio cells. */
export function landOf(options: WorldOptions): Land {
  const random = seededRandom(options.seed, 'regions');
  const name = communityNames(random);
  const regions: Region[] = [{ ...PROVINCE, parent: null, level: 'province' }];
  const places: Place[] = [];
  const cities: Land['cities'][number][] = [];
  const districts: Land['districts'][number][] = [];
  CITIES.forEach((city, c) => {
    const cityCode = `${PROVINCE.code}${String(c + 1).padStart(2, '0')}`;
    regions.push({ code: cityCode, parent: PROVINCE.code, level: 'city', name: city.name, name_en: city.en });
    cities.push({ code: cityCode, name: city.name, en: city.en, share: city.share });
    city.districts.split(',').forEach((words, d) => {
      const [zh, en] = halves(words);
      const code = `${cityCode}${String(d + 1).padStart(2, '0')}`;
      regions.push({ code, parent: cityCode, level: 'district', name: zh, name_en: en });
      districts.push({ code, city: cityCode, name: zh, en });
      const share = city.share / 5;
      const count = Math.max(2, Math.round((options.customers * share) / 120));
      for (let i = 0; i < count; i++) {
        const [community, english] = name();
        const place = settle(code, i, random);
        regions.push({ code: place.community, parent: code, level: 'community', name: community, name_en: english });
        place.cells.forEach((cell, k) => {
          regions.push({
            code: cell,
            parent: place.community,
            level: 'cell',
            name: `${community}${k + 1}号基站小区`,
            name_en: `${english} cell ${k + 1}`,
          });
        });
        places.push({
          ...place,
          district: code,
          city: cityCode,
          words: `${city.name}${zh}${community}`,
          weight: (share / count) * place.weight,
        });
      }
    });
  });
  return { regions, places, cities, districts };
}

function settle(district: string, i: number, random: SeededRandom): { community: string; cells: readonly string[]; weight: number } {
  const community = `${district}${String(i + 1).padStart(3, '0')}`;
  const cells = random.chance(0.5) ? [`${community}C1`, `${community}C2`] : [`${community}C1`];
  return { community, cells, weight: random.between(0.6, 1.4) };
}

/** Names are unique in the province, so that a file that writes names instead of codes finds its way too. */
function communityNames(random: SeededRandom): () => readonly [string, string] {
  const all = FIRST.flatMap((first) => LAST.map((last) => [first, last] as const));
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [all[i], all[j]] = [all[j] as (typeof all)[number], all[i] as (typeof all)[number]];
  }
  let used = 0;
  return () => {
    const [first, last] = all[used % all.length] as (typeof all)[number];
    const phase = Math.floor(used / all.length);
    used++;
    const [[zh, en], [zhLast, enLast]] = [halves(first), halves(last)];
    return [`${zh}${zhLast}${phase === 0 ? '' : `${phase + 1}期`}`, `${en} ${enLast}${phase === 0 ? '' : ` Phase ${phase + 1}`}`];
  };
}

function halves(words: string): readonly [string, string] {
  const cut = words.indexOf(' ');
  return [words.slice(0, cut), words.slice(cut + 1)];
}
