import type { Names } from '../../model/question.ts';
import { VERDICTS, type Verdict, columnNames } from '../../model/comparison-words.ts';
import { isShare } from './compare-arms.ts';
import type { BalanceView, Comparison, MetricResult, SideView, UpliftView } from '../../model/comparison.ts';

/** The gates come first: groups that were not alike, or not as many as they should be, give no verdict. */
export function verdictOf(finding: Verdict, gates: { readonly srm: boolean; readonly balance: readonly BalanceView[] }): Verdict {
  return gates.srm && gates.balance.every(({ ok }) => ok) ? finding : 'not_comparable';
}

type Told = Omit<Comparison, 'words' | 'uplift' | 'metrics'>;

/** The answer in words: the effect, how sure, and what stands against believing it. */
export function compareWords(one: Told, srm: { readonly p: number; readonly ok: boolean }, uplift: UpliftView | null): Names {
  const parts = [effectWords(one, one.arm, one.against), gateWords(one, srm), survivalWords(one), upliftWords(uplift, one)];
  return {
    zh: parts.map(({ zh }) => zh).join(''),
    en: parts
      .map(({ en }) => en)
      .filter((text) => text !== '')
      .join(' '),
  };
}

const NOTHING: Names = { zh: '', en: '' };

export function effectWords(one: MetricResult, arm: string, against: string): Names {
  const { metric, effect, low, high, kind } = one;
  if (effect === null) return { zh: `${metric}：数据不足。`, en: `${metric}: not enough data.` };
  const asPoints = isShare(kind) || (kind === 'bare' && Math.abs(effect) < 1);
  const size = amount(Math.abs(effect), asPoints);
  const [from, to] = low === null || high === null ? [null, null] : effect < 0 ? [-high, -low] : [low, high];
  const range = from === null || to === null ? null : [amount(from, asPoints), amount(to, asPoints)];
  const unit = asPoints ? { zh: ' 个百分点', en: ' percentage points' } : { zh: '', en: '' };
  const sides = `${side(one.treated, asPoints)} / ${side(one.control, asPoints)}`;
  const sure =
    range === null
      ? { zh: '没有人数，算不出区间', en: 'no interval without the number of customers' }
      : { zh: `95% 区间 ${range.join(' 至 ')}`, en: `95 % interval ${range.join(' to ')}` };
  const finding = VERDICTS[one.finding];
  return {
    zh: `${metric}：${finding.zh}（单看数字）。${arm}比${against}${effect < 0 ? '低' : '高'} ${size}${unit.zh}，${sure.zh}；${sides}。`,
    en: `${metric}: ${finding.en} (by the figures alone). ${arm} is ${effect < 0 ? 'below' : 'above'} ${against} by ${size}${unit.en}, ${sure.en}; ${sides}.`,
  };
}

const amount = (value: number, asPoints: boolean): string => {
  const shown = asPoints ? value * 100 : value;
  const small = asPoints || Math.abs(shown) >= 1 ? shown.toFixed(2) : shown.toPrecision(2);
  const text = Math.abs(shown) >= 1000 ? grouped(Math.round(shown)) : small;
  return text.replace(/^-(?=0\.?0*$)/, '').replace('-', '−');
};

const grouped = (n: number): string => n.toLocaleString('en-US');

const side = ({ n, value }: SideView, asPoints: boolean): string => {
  const shown = value === null ? '—' : asPoints ? `${(value * 100).toFixed(2)}%` : amount(value, false);
  return n === 0 ? shown : `${shown} (n = ${grouped(n)})`;
};

function gateWords(one: Told, srm: { readonly p: number; readonly ok: boolean }): Names {
  const failed = one.balance.filter(({ ok }) => !ok);
  const ratio = srm.ok
    ? NOTHING
    : { zh: `各组人数与应有比例不符（p = ${small(srm.p)}）。`, en: `The arms do not hold the shares they should (p = ${small(srm.p)}).` };
  const named = (locale: keyof Names): string =>
    failed
      .slice(0, 3)
      .map(({ name, z, smd }) => `${columnNames(name)[locale]} (z = ${signed(z, 1)}, SMD ${signed(smd, 2)})`)
      .join(', ');
  const alike =
    failed.length === 0
      ? NOTHING
      : {
          zh: `但两组在开始前就不一样：${named('zh')}，差别不能归于做法。`,
          en: `But the groups were not alike before: ${named('en')}; the difference cannot be put down to the treatment.`,
        };
  const unchecked =
    one.balance.length > 0 ? NOTHING : { zh: '开始前是否相同没有检查。', en: 'Whether the groups were alike before was not checked.' };
  return { zh: ratio.zh + alike.zh + unchecked.zh, en: [ratio.en, alike.en, unchecked.en].filter((text) => text !== '').join(' ') };
}

function survivalWords({ survival }: Told): Names {
  const [c, t] = [survival?.control.at(-1), survival?.treated.at(-1)];
  if (survival === undefined || c === undefined || t === undefined) return NOTHING;
  const [lost, kept] = [percent(1 - c.survival), percent(1 - t.survival)];
  return {
    zh: `按同一批人逐期减少计算，到最后一期累计发生：${kept} 对 ${lost}（对数秩 z = ${signed(survival.log_rank.z, 1)}）。`,
    en: `As one cohort that shrinks it happened to ${kept} against ${lost} by the last period (log-rank z = ${signed(survival.log_rank.z, 1)}).`,
  };
}

function upliftWords(uplift: UpliftView | null, one: Told): Names {
  if (uplift === null) return NOTHING;
  const interval = `Qini ${uplift.qini.toFixed(3)} [${uplift.low.toFixed(3)}, ${uplift.high.toFixed(3)}]`;
  const nil = one.finding === 'no_difference_found';
  const pays =
    uplift.targeting === 'pays'
      ? {
          zh: `${nil ? '平均没有效果，但' : ''}挑人做有好处（${interval}）。`,
          en: `${nil ? 'On average there is no effect, but targeting still pays' : 'Targeting pays'} (${interval}).`,
        }
      : { zh: `看不出该挑谁做（${interval}）。`, en: `There is no usable signal whom to target (${interval}).` };
  const rest = uplift.do_not_disturb;
  const leave =
    rest === null
      ? NOTHING
      : {
          zh: `有 ${percent(rest.share)} 的客户做了反而更差，请勿打扰。`,
          en: `${percent(rest.share)} of customers fare worse with it: do not disturb them.`,
        };
  return { zh: pays.zh + leave.zh, en: [pays.en, leave.en].filter((text) => text !== '').join(' ') };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const small = (p: number): string => (p < 0.001 ? p.toExponential(0) : p.toFixed(3));
const signed = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');
