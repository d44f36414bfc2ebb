import { seededRandom } from '../../src/maths/seeded-random.ts';
import type { Province } from './province.ts';
import { beginOf, DAY, localText } from './world.ts';

export const USAGE_HEADER = '订购号,月份,通话分钟,流量MB,短信条数,账单金额\r\n';

/** As the manifest lists it: an ordinary file of the billing system. */
export const USAGE_FILE = {
  path: 'usage.csv',
  source: 'billing',
  as: 'usage',
  mapping: { 订购号: 'subscription', 月份: 'month', 通话分钟: 'minutes', 流量MB: 'megabytes', 短信条数: 'messages', 账单金额: 'bill' },
};

/** One block of lines per month: minutes, megabytes, messages and the bill of every subscription. */
export function* usageOf(province: Province): Generator<string> {
  const { options, customers } = province;
  const random = seededRandom(options.seed, 'usage');
  const months = new Set<string>();
  for (let at = beginOf(options); at < Date.parse(options.until); at += DAY) months.add(localText(at).slice(0, 7));
  for (const month of months) {
    let block = '';
    for (const customer of customers) {
      for (const { id, plan, product } of customer.subscriptions) {
        const mobile = product === '移动电话';
        const minutes = mobile ? Math.round(30 + 400 * random.next() ** 2) : 0;
        const megabytes = mobile || product === '宽带' ? Math.round((mobile ? 40_000 : 400_000) * random.next() ** 2) : 0;
        const bill = (Number(/\d+/.exec(plan)?.[0] ?? 30) + 25 * random.next() ** 3).toFixed(2);
        block += `${id},${month},${minutes},${megabytes},${mobile ? random.int(60) : 0},${bill}\r\n`;
      }
    }
    yield block;
  }
}
