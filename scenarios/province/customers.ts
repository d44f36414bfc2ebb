import { type SeededRandom, seededRandom, weightedPick } from '../../src/maths/seeded-random.ts';
import type { Land } from './regions.ts';
import { beginOf, type Customer, DAY, localText, type Subscription, type WorldOptions } from './world.ts';

export const PLANS: readonly { readonly plan: string; readonly product: string; readonly share: number }[] = [
  { plan: '轻享29套餐', product: '移动电话', share: 12 },
  { plan: '畅想59套餐', product: '移动电话', share: 14 },
  { plan: '畅想99套餐', product: '移动电话', share: 12 },
  { plan: '5G尊享129套餐', product: '移动电话', share: 9 },
  { plan: '校园青春39套餐', product: '移动电话', share: 8 },
  { plan: '孝心19套餐', product: '移动电话', share: 7 },
  { plan: '家享宽带300M', product: '宽带', share: 13 },
  { plan: '家享宽带千兆', product: '宽带', share: 11 },
  { plan: '村村通宽带100M', product: '宽带', share: 6 },
  { plan: '互联网电视年包', product: '互联网电视', share: 4 },
  { plan: '家庭固话20包', product: '固话', share: 3 },
  { plan: '企业专线百兆', product: '集团专线', share: 1 },
];

const SURNAMES = [...'赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹章苏潘葛范彭鲁马方任袁柳鲍史唐费薛雷贺倪汤'];
const GIVEN = [...'伟芳娜敏静丽强磊洋艳勇军杰娟涛明超秀霞平刚桂英华玉兰红建国志文俊峰宇浩欣雨晨佳怡子涵梓轩博思琪海燕春梅'];
const BRANDS = ['畅想', '校园', '家享', '商务', '孝心'];
const AGES: readonly (readonly [string, number])[] = [
  ['18-25', 15],
  ['26-35', 26],
  ['36-45', 24],
  ['46-60', 23],
  ['60+', 12],
];
const TIERS: readonly (readonly [string, number])[] = [
  ['普通', 58],
  ['银卡', 24],
  ['金卡', 13],
  ['钻石', 5],
];

/** Fictional customers: phones from 199 00xx xxxx, identity numbers of an area code that does not exist. */
export function customersOf(options: WorldOptions, land: Land): readonly Customer[] {
  const random = seededRandom(options.seed, 'customers');
  const placeOf = weightedPick(land.places.map((place) => place.weight));
  const planOf = weightedPick(PLANS.map((plan) => plan.share));
  const ageOf = weightedPick(AGES.map(([, share]) => share));
  const tierOf = weightedPick(TIERS.map(([, share]) => share));
  const begin = beginOf(options);
  return Array.from({ length: options.customers }, (_, i) => {
    const place = land.places[placeOf(random)];
    if (place === undefined) throw new Error('a province without communities');
    const room = `${1 + random.int(28)}号楼${1 + random.int(4)}单元${1 + random.int(18)}0${1 + random.int(4)}室`;
    const tenureMonths = 1 + Math.floor(random.next() ** 2 * 180);
    const id = `K${String(i + 1).padStart(7, '0')}`;
    const age = ageOf(random);
    return {
      id,
      index: i,
      name: nameOf(random),
      phone: `19900${String((i * 7919 + 104_729) % 1_000_000).padStart(6, '0')}`,
      idNumber: idNumberOf(random, 2000 - age * 11),
      address: `${place.words}${room}`,
      community: place.community,
      district: place.district,
      city: place.city,
      brand: random.pick(BRANDS),
      ageBand: AGES[age]?.[0] ?? '',
      tenureMonths,
      valueTier: TIERS[tierOf(random)]?.[0] ?? '',
      group: random.chance(0.18) ? `V${String(1 + random.int(Math.max(5, options.customers / 90))).padStart(4, '0')}` : '',
      subscriptions: subscriptionsOf(id, random, planOf, begin - tenureMonths * 30 * DAY),
    };
  });
}

/** One or two: a phone and, for two in five, a second of another product. */
function subscriptionsOf(
  customer: string,
  random: SeededRandom,
  planOf: (random: SeededRandom) => number,
  since: number,
): readonly Subscription[] {
  const first = PLANS[planOf(random)];
  const second = random.chance(0.42) ? PLANS[planOf(random)] : undefined;
  const plans = [first, second?.product === first?.product ? undefined : second].filter((plan) => plan !== undefined);
  return plans.map(({ product, plan }, k) => ({
    id: `${customer}-${k + 1}`,
    product,
    plan,
    since: localText(since + k * 40 * DAY).slice(0, 10),
  }));
}

export function nameOf(random: SeededRandom): string {
  return random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.7) ? random.pick(GIVEN) : '');
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** 18 digits with a right check digit, so that whatever looks for identity numbers finds them. */
function idNumberOf(random: SeededRandom, bornAbout: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const body = `8901${two(1 + random.int(5))}${bornAbout + random.int(9)}${two(1 + random.int(12))}${two(1 + random.int(28))}${String(random.int(1000)).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}
