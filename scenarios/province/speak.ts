import { type SeededRandom, weightedPick } from '../../src/maths/seeded-random.ts';
import { nameOf } from './customers.ts';
import { sayPhrase, type Topic } from './phrases.ts';
import type { Customer, Happening } from './world.ts';

export interface Said {
  readonly text: string;
  /** All causes in the text, the first one first; set when there are several. */
  readonly topics: readonly string[] | null;
}

const NOTES = [
  '用户来电反映：',
  '客户称',
  '来电用户表示',
  '用户讲',
  '用户反馈，',
  '来话内容：',
  '客户来电说',
  '用户进线称',
  '',
  '',
  '客诉：',
  '代他人来电，说',
];
const NOTE_ENDS = [
  '，请尽快处理。',
  '，请核实。',
  '。已解释，用户不接受。',
  '。客户情绪激动。',
  '。要求今天内回电。',
  '，望相关部门跟进',
  '。已记录。',
  '，请联系用户。',
  '。',
  '',
  '。已安抚，转后台。',
  '，麻烦帮忙看看。',
  '。用户要求书面答复。',
  '。语气较急。',
];
const OPENINGS = [
  '你好，',
  '您好，',
  '请问，',
  '我说一下，',
  '那个，',
  '唉，',
  '真是的，',
  '',
  '',
  '',
  '',
  '',
  '喂，',
  '大家评评理，',
  '老用户了，',
  '咨询一下，',
];
const ENDS = [
  '。',
  '！',
  '！！',
  '？？？',
  '，真服了',
  '，太闹心了',
  '，能不能管管',
  '，希望早点解决',
  '，谢谢',
  '。在线等，急',
  '，差评',
  '，一颗星都不想给',
  '',
  '',
  '',
  '，唉',
  '，怎么回事啊',
  '。我都用十几年了',
  '，有人管吗',
  '，给个说法',
  '，心累',
  '哈',
  '，什么情况',
  '，再这样真不用了',
];
const ASKS = ['，这个怎么弄？', '，想问问怎么回事？', '，该找谁？', '，需要什么手续吗？', '，请问什么时候能好？', '，能帮我查一下吗？'];
const SUGGESTS = ['，建议改进一下', '，希望你们重视', '，提个意见', '，盼着能改一改'];
const AGAIN = ['上次说的事还没着落，', '前几天就打过一回了，', '再打一次，', '又来找你们了，', '之前登记过，到现在还是：', '第二次反映，'];
const LINKS = ['，另外', '，还有，', '。顺便说下，', '；再一个，', '，对了，', '。还有个事，'];
const PRAISE = [
  '小王人很好，帮我弄得明明白白，谢谢',
  '点赞，办得真快',
  '这次挺满意的',
  '上门的小伙子挺负责，表扬一下',
  '都挺好的，继续保持',
  '今天接待我的姑娘很热情',
  '谢谢你们，辛苦了',
  '速度快，人也和气，五星',
  '耐心给老人讲了半天，很感动',
  '没得说，好评',
];
const NOTHING = [
  '没有意见',
  '没什么要说的',
  '还行吧',
  '一般',
  '挺好',
  '暂时没有',
  '可以',
  '还不错',
  '都好',
  '满意',
  '无',
  '用着还行，没什么问题',
  '凑合',
  '比较满意，没有建议',
];

/** Words that fingers and input methods confuse. */
const SLIPS: readonly (readonly [string, string])[] = [
  ['的', '得'],
  ['在', '再'],
  ['账', '帐'],
  ['怎么', '咋'],
  ['什么', '啥'],
  ['没有', '木有'],
  ['一直', '一值'],
  ['就是', '就事'],
  ['现在', '现再'],
  ['已经', '以经'],
  ['不能', '不嫩'],
  ['到底', '到低'],
  ['师傅', '师付'],
  ['为什么', '为森么'],
  ['自己', '自已'],
  ['以后', '已后'],
  ['个', '各'],
  ['做', '作'],
  ['那', '哪'],
  ['吗', '嘛'],
];
const FILLERS = ['嗯', '就是', '然后呢', '反正', '说实话', '你知道吧', '这个', '说白了'];

export type Speaker = (happening: Happening, random: SeededRandom) => Said;

export function speakerOf(topics: readonly Topic[]): Speaker {
  const byCategory = new Map(topics.map((topic) => [topic.category, topic]));
  const other = weightedPick(topics.map((topic) => topic.weight));
  return (happening, random) => {
    if (happening.category === null) return { text: random.pick(happening.kind === 'praise' ? PRAISE : NOTHING), topics: null };
    const topic = byCategory.get(happening.category);
    if (topic === undefined) throw new Error(`no phrases for ${happening.category}`);
    let core = sayPhrase(random.pick(topic.phrases), random);
    let causes: readonly string[] | null = null;
    if (random.chance(0.09)) {
      const second = topics[other(random)];
      if (second !== undefined && second !== topic) {
        core += random.pick(LINKS) + sayPhrase(random.pick(second.phrases), random);
        causes = [topic.category, second.category];
      }
    }
    return { text: wrap(loosen(core, random), happening, random), topics: causes };
  };
}

function wrap(core: string, happening: Happening, random: SeededRandom): string {
  const again = happening.again && random.chance(0.6) ? random.pick(AGAIN) : '';
  const known = random.chance(0.09) ? aboutPerson(happening.customer, random) : '';
  const note =
    happening.source === 'hotline' || happening.source === 'field'
      ? random.chance(0.75)
      : happening.source === 'hall' && random.chance(0.4);
  if (happening.kind === 'consultation')
    return `${note ? random.pick(['用户咨询：', '来电询问，', '客户想了解，']) : random.pick(OPENINGS)}${core}${random.pick(ASKS)}${known}`;
  if (happening.kind === 'suggestion') return `${random.pick(OPENINGS)}${core}${random.pick(SUGGESTS)}${known}`;
  if (note) return `${random.pick(NOTES)}${again}${core}${known}${random.pick(NOTE_ENDS)}`;
  return `${again === '' ? random.pick(OPENINGS) : again}${core}${known}${random.pick(ENDS)}`;
}

/** People leave their numbers and names in the middle of a text; masking must find them there. */
function aboutPerson(customer: Customer, random: SeededRandom): string {
  switch (random.int(6)) {
    case 0:
      return `，联系电话${customer.phone}`;
    case 1:
      return `，我叫${customer.name}，电话${customer.phone.slice(0, 3)} ${customer.phone.slice(3, 7)} ${customer.phone.slice(7)}`;
    case 2:
      return `，地址是${customer.address}`;
    case 3:
      return `，户名：${customer.name}，身份证${customer.idNumber}`;
    case 4:
      return `，联系人${nameOf(random)}女士，${customer.phone}`;
    default:
      return `，我住${customer.address.slice(-9)}，打${customer.phone}找我`;
  }
}

/** How people really write: a slip here, a filler there, commas left out. */
function loosen(text: string, random: SeededRandom): string {
  let loose = text;
  if (random.chance(0.16)) {
    const [right, wrong] = random.pick(SLIPS);
    loose = loose.replace(right, wrong);
  }
  if (random.chance(0.1)) loose = loose.replace('，', `，${random.pick(FILLERS)}`);
  if (random.chance(0.12)) loose = loose.replaceAll('，', ' ');
  if (random.chance(0.04)) {
    const at = 1 + random.int(Math.max(1, loose.length - 2));
    loose = loose.slice(0, at) + loose.slice(at + 1);
  }
  return loose;
}
