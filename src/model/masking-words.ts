import type { Hidden } from './masking-numbers.ts';

/** Names after a cue and house numbers in addresses. */

const SURNAMES =
  '王李张劉刘陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫阎雷龙龍段郝孔邵史毛常万萬顾顧赖賴武康贺賀严嚴钱錢施牛洪龚龔汤湯陶黎温溫莫易樊乔喬文安殷颜顏庄莊章鲁魯倪邢翟俞齐齊尚包季詹申关關焦游左苗辛';
const COMPOUND = '欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|皇甫|东方|尉迟|公孙|令狐|慕容';
/** Words that begin with a surname and are no name. */
const NO_NAME = new RegExp(
  '^(?:安装|安排|安全|高速|高峰|高兴|方便|方法|方式|方面|方案|于是|金额|白天|黄金|常常|常年|时间|马上|余额|余下|成功|何时|何况|易信|关于|关机|关停|' +
    '张贴|单位|温度|路由|连续|江苏|江西|应该|万元|万达|申请|申诉|石油|龙头|武汉|文明|文件|严重|严格|包月|包年|季度|左右|游戏|段时|任何|任意|常用|谢谢|许多|程序|程度|' +
    '叶子|田里|林业|石家|万一|包括|尚未|章程|钱都|钱被|钱没|钱扣|钱是|康复|雷雨|雷电|毛病|史上|牛逼|熊猫|江北|江南|白白|黄牛|高价|高额|高新|高档|高层|金卡|金牌|安卓|方圆|庄里|庄上|文化|易购)',
);
const NAME = `(?:${COMPOUND}|[${SURNAMES}])`;
const CUE = new RegExp(
  `(?:我叫|名叫|名字叫|名字是|姓名(?:是|为|：|:)?|联系人(?:是|为|：|:)?|机主(?:姓名)?(?:是|为|叫|：|:)?|户主(?:是|为|叫|：|:)?|客户(?:姓名)?(?:是|叫|：|:)?|用户(?:姓名)?(?:是|叫|：|:)|我是)\\s?(${NAME})([\\p{Script=Han}]{1,2})`,
  'gu',
);
const TITLE = new RegExp(`(${NAME})([\\p{Script=Han}]{1,2})(?=先生|女士|小姐|同志)`, 'gu');
/** A name ends here: anything but Han, or a word that follows names. */
const AFTER_NAME =
  /^(?:$|[^\p{Script=Han}]|先生|女士|小姐|同志|电话|手机|号码|身份|住|家住|的|在|是|来电|反映|投诉|于|称|说|要|想|办|从|，)/u;
const FIRM_CUE = /^(?:我叫|名叫|名字|姓名|联系人|机主姓名|户主)/;

/** Length of the given name behind a cue: up to the first boundary; a firm cue (我叫 …) hides both units without one. */
function givenLength(text: string, at: number, given: string, firm: boolean): number {
  for (let n = 1; n <= given.length; n++) if (AFTER_NAME.test(text.slice(at + n, at + n + 2))) return n;
  return firm ? given.length : 0;
}

export function hiddenNames(text: string, hidden: Hidden[]): void {
  for (const match of text.matchAll(CUE)) {
    const surname = match[1] ?? '';
    const given = match[2] ?? '';
    const from = match.index + match[0].length - given.length;
    if (NO_NAME.test(surname + given) || /^(?:先生|女士|小姐|同志|[师总经])|[区县市镇村街路庄家]$/.test(given)) continue;
    const length = givenLength(text, from, given, FIRM_CUE.test(match[0]));
    if (length > 0) hidden.push({ from, before: from + length });
  }
  for (const match of text.matchAll(TITLE)) {
    const given = match[2] ?? '';
    if (NO_NAME.test(match[0]) || /^(?:这|那|的|经理|师傅)/.test(given)) continue;
    const from = match.index + match[0].length - given.length;
    hidden.push({ from, before: from + given.length });
  }
}

const COUNT = '[0-9０-９]{1,4}|[一二三四五六七八九十百零〇]{1,4}|[A-Za-z]';
const HOUSE = new RegExp(
  // 12号楼 3幢 2单元 501室 B座 7号院, each with what is glued before it (3-2-501室) …
  `(?<![这那整每有几近前后上半第])((?:${COUNT})(?:[-－—#＃](?:${COUNT})){0,3})[#＃]?(?:号楼|號樓|号院|幢|栋|棟|单元|單元|室(?![内外友一二两三])|座(?=[0-9０-９]))` +
    // … and the bare door number behind it (3号楼1201, 2单元501).
    `\\s?((?:[0-9０-９]{1,5}(?:[-－—][0-9０-９]{1,5}){0,3}(?![0-9０-９元块兆MmGg天月年次个名户号幢栋栋单]))?)`,
  'g',
);
/** 经十路123号, 门牌12-3, 幸福里 8弄6号. */
const STREET =
  /(?<=[路街巷道弄村里园苑湾庄牌区镇城])(?:号?[:：]?\s?)([0-9０-９一二三四五六七八九十百零〇]{1,5}(?:[-－—][0-9０-９]{1,5}){0,3})(?=号(?![线码令召])|弄|$|[，。,\s])/g;

export function hiddenAddresses(text: string, hidden: Hidden[]): void {
  for (const match of text.matchAll(HOUSE)) {
    const number = match[1] ?? '';
    const door = match[2] ?? '';
    if (/^[一二三四五六七八九]$/.test(number) && /^(?:栋|幢|座)/.test(match[0].slice(1)) && door === '') continue;
    hidden.push({ from: match.index, before: match.index + number.length });
    const end = match.index + match[0].length;
    if (door !== '') hidden.push({ from: end - door.length, before: end });
  }
  for (const match of text.matchAll(STREET)) {
    const number = match[1] ?? '';
    const end = match.index + match[0].length;
    const follows = text.charAt(end);
    // Without 号 or 弄 only a composite door number (3-2-501) is certain.
    if (follows !== '号' && follows !== '弄' && !/[-－—]/.test(number)) continue;
    hidden.push({ from: end - number.length, before: end });
  }
}
