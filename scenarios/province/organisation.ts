import type { Role, ScopeKind } from '../../src/model/people.ts';
import type { Land } from './regions.ts';
import type { Unit } from './world.ts';

export interface Member {
  readonly login: string;
  readonly name: string;
  readonly staff_no: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  readonly scope: ScopeKind;
  readonly email: string;
  readonly locale: 'zh' | 'en';
}

export interface Hall {
  readonly id: string;
  readonly district: string;
  readonly city: string;
  readonly staff: readonly string[];
}

/** A quality specialist 品质专员: who calls in which city, for how long, for what. */
export interface SampleSpecialist {
  readonly member: string;
  readonly city: string;
  readonly minutes: readonly number[];
  readonly minutes_per_call: number;
  readonly categories: readonly string[];
  readonly segments: readonly string[];
  readonly duties: string;
}

export interface Organisation {
  readonly specialists: readonly SampleSpecialist[];
  readonly units: readonly Unit[];
  readonly members: readonly Member[];
  readonly halls: readonly Hall[];
  readonly teams: readonly { readonly id: string; readonly staff: readonly string[] }[];
  /** District code → unit and staff that repair there. */
  readonly repair: ReadonlyMap<string, { readonly id: string; readonly staff: readonly string[] }>;
}

const DEPARTMENTS = [
  ['market', '市场部', 'Marketing'],
  ['network', '网运部', 'Network Operations'],
  ['service', '客服部', 'Customer Service'],
  ['enterprise', '集客部', 'Enterprise Customers'],
  ['support', '业务支撑部', 'Business Support'],
  ['billing', '计费部', 'Billing'],
  ['channel', '渠道部', 'Sales Channels'],
  ['construction', '装维与建设部', 'Installation and Construction'],
  ['security', '信息安全部', 'Information Security'],
] as const;

const ROOT = 'lj';
const TEAMS = ['一', '二', '三', '四', '五', '六'];

/** Province company → departments and city branches → their departments and district branches → halls and repair teams. */
export function organisationOf(land: Land): Organisation {
  const units: Unit[] = [
    { id: ROOT, parent: null, level: 'province', name: '澜江省公司', name_en: 'Lanjiang Province Company', region: '89' },
  ];
  for (const [code, zh, en] of DEPARTMENTS) {
    units.push({
      id: `${ROOT}-${code}`,
      parent: ROOT,
      level: 'department',
      name: `省${zh}`,
      name_en: `Province ${en}`,
      department: code,
      region: '89',
    });
  }
  const teams = TEAMS.map((number, i) => {
    const id = `${ROOT}-service-t${i + 1}`;
    units.push({
      id,
      parent: `${ROOT}-service`,
      level: 'unit',
      name: `热线${number}班`,
      name_en: `Hotline Team ${i + 1}`,
      department: 'service',
      region: '89',
    });
    return { id, staff: staffOf(`7${i + 1}`, 14) };
  });
  const halls: Hall[] = [];
  const repair = new Map<string, { readonly id: string; readonly staff: readonly string[] }>();
  for (const city of land.cities) {
    const cityUnit = `${ROOT}-${city.code}`;
    units.push({ id: cityUnit, parent: ROOT, level: 'city', name: `${city.name}分公司`, name_en: `${city.en} Branch`, region: city.code });
    for (const [code, zh, en] of DEPARTMENTS) {
      const words = { name: `${city.name.slice(0, -1)}${zh}`, name_en: `${city.en} ${en}` };
      units.push({ id: `${cityUnit}-${code}`, parent: cityUnit, level: 'department', ...words, department: code, region: city.code });
    }
  }
  for (const district of land.districts) addDistrict(district, units, halls, repair);
  return { units, members: membersOf(land), specialists: specialistsOf(land), halls, teams, repair };
}

function addDistrict(
  district: Land['districts'][number],
  units: Unit[],
  halls: Hall[],
  repair: Map<string, { readonly id: string; readonly staff: readonly string[] }>,
): void {
  const branch = `${ROOT}-${district.code}`;
  const region = district.code;
  units.push({
    id: branch,
    parent: `${ROOT}-${district.city}`,
    level: 'branch',
    name: `${district.name}支局`,
    name_en: `${district.en} District Branch`,
    region,
  });
  ['中心', '城东'].forEach((where, i) => {
    const id = `${branch}-h${i + 1}`;
    const words = { name: `${district.name}${where}营业厅`, name_en: `${district.en} Hall ${i + 1}` };
    units.push({ id, parent: branch, level: 'unit', ...words, department: 'channel', region });
    halls.push({ id, district: district.code, city: district.city, staff: staffOf(`${district.code.slice(2)}${i + 1}`, 5) });
  });
  const id = `${branch}-r1`;
  const words = { name: `${district.name}装维班`, name_en: `${district.en} Repair Team` };
  units.push({ id, parent: branch, level: 'unit', ...words, department: 'construction', region });
  repair.set(district.code, { id, staff: staffOf(`${district.code.slice(2)}9`, 4) });
}

function staffOf(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${String(i + 1).padStart(2, '0')}`);
}

/** One sample member per role and per kind of scope; the logins say what they are. */
function membersOf(land: Land): readonly Member[] {
  const [first, second] = [land.cities[0]?.code ?? '', land.cities[1]?.code ?? ''];
  const rows: readonly (readonly [string, string, string, string, readonly Role[], ScopeKind])[] = [
    ['analyst', '示例·省分析员', '9001', `${ROOT}-service`, ['analyst'], 'province'],
    ['city-analyst', '示例·地市分析员', '9002', `${ROOT}-${first}-service`, ['analyst'], 'city'],
    ['other-city-analyst', '示例·另一地市分析员', '9003', `${ROOT}-${second}-service`, ['analyst'], 'city'],
    ['net-manager', '示例·网运部经理', '9004', `${ROOT}-network`, ['manager'], 'province'],
    ['city-net-manager', '示例·地市网运部经理', '9005', `${ROOT}-${first}-network`, ['manager'], 'city'],
    ['market-manager', '示例·市场部经理', '9006', `${ROOT}-market`, ['manager'], 'province'],
    ['billing-manager', '示例·计费部经理', '9007', `${ROOT}-billing`, ['manager'], 'province'],
    ['channel-manager', '示例·渠道部经理', '9013', `${ROOT}-channel`, ['manager'], 'province'],
    ['district-manager', '示例·支局长', '9008', `${ROOT}-${first}01`, ['manager'], 'unit-below'],
    ['hall-manager', '示例·营业厅经理', '9009', `${ROOT}-${first}01-h1`, ['supervisor'], 'unit'],
    ['supervisor', '示例·热线班长', '9010', `${ROOT}-service-t1`, ['supervisor'], 'team'],
    ['agent', '示例·坐席', '7101', `${ROOT}-service-t1`, ['agent'], 'own'],
    ['quality', '示例·品质专员', '9011', `${ROOT}-service`, ['quality'], 'province'],
    ['city-quality', '示例·地市品质专员', '9014', `${ROOT}-${first}-service`, ['quality'], 'city'],
    ['other-city-quality', '示例·另一地市品质专员', '9015', `${ROOT}-${second}-service`, ['quality'], 'city'],
    ['sysadmin', '示例·系统管理员', '9020', ROOT, ['system-admin'], 'province'],
    ['secadmin', '示例·安全管理员', '9021', ROOT, ['security-admin'], 'province'],
    ['auditor', '示例·审计管理员', '9022', ROOT, ['audit-admin'], 'province'],
    ['english-analyst', 'Sample Analyst', '9012', `${ROOT}-service`, ['analyst'], 'province'],
  ];
  return rows.map(([login, name, staff_no, unit, roles, scope]) => {
    return {
      login,
      name,
      staff_no,
      unit,
      roles,
      scope,
      email: `${login}@voxloop.example`,
      locale: login.startsWith('english') ? 'en' : 'zh',
    };
  });
}

/** One calls for the smaller cities of the whole province, two for a large city each, one of them for what is about money first. */
function specialistsOf(land: Land): readonly SampleSpecialist[] {
  const codes = land.cities.map((city) => city.code);
  const row = (member: string, city: string, workday: number, duties: string, categories: readonly string[] = []): SampleSpecialist => ({
    member: `me_${member}`,
    city,
    minutes: [workday, workday, workday, workday, workday, workday / 2, workday / 2],
    minutes_per_call: 12,
    categories,
    segments: [],
    duties,
  });
  const [first, second, ...others] = codes;
  return [
    ...(first === undefined
      ? []
      : [
          row('city-quality', first, 240, '掌握团队与个人情况；关注指标；问题及时反馈后台；与质检配合'),
          row('quality', first, 96, '只打资费与账单类，其余交地市专员', ['billing', 'data', 'vas', 'market']),
        ]),
    ...(second === undefined ? [] : [row('other-city-quality', second, 240, '全部问题；每周与后台部门核对未解决事项')]),
    ...others.map((city) => row('quality', city, 96, '省集中外呼')),
  ];
}
