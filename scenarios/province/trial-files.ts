import { ACTIONS, SEGMENTS } from './planted/plan.ts';
import { STRATEGIES, type Strategy } from './planted/strategies.ts';
import { trialsOf } from './planted/trials.ts';
import { type Province, segmentOf } from './province.ts';

const HEADER = '客户编号,客群,城市,价值等级,在网月数,分组,此前发声,此后抱怨,此后投诉,离网,处理满意\r\n';
/** Word for the treated arm; the others are 对照. */
const ARMS: Readonly<Record<Strategy, string>> = { 'care-call': '关怀外呼', 'comfort-message': '安抚短信', 'bill-letter': '账单说明信' };

const NAMES: Readonly<Record<Strategy, readonly [name: string, what: string]>> = {
  'care-call': ['关怀外呼', '抱怨后一天内由专人回电安抚并跟进'],
  'comfort-message': ['安抚短信', '抱怨后发送一条致歉与进展短信'],
  'bill-letter': ['账单说明信', '每月寄送一封逐项解释的账单'],
};

/** How each table is evaluated, as a person would ask: what leads is the first metric. */
export const TRIAL_ASKS = STRATEGIES.map((strategy) => ({
  file: `experiments/${strategy}.csv`,
  name: NAMES[strategy][0],
  strategy: NAMES[strategy][1],
  // A call is a way of handling a grievance that is written down as one; the message and the letter are not.
  ...(strategy in ACTIONS ? { action: strategy } : {}),
  arm: '分组',
  control: '对照',
  metrics: ['离网:down', '处理满意:up', '此后投诉:down'],
  strata: ['客群'],
  balance: ['价值等级', '在网月数', '此前发声'],
  features: ['客群', '价值等级', '在网月数', '此前发声'],
  by: 'analyst',
}));

/** One table per experiment, a row per customer: arm, what was known before, and what came of it (1, 0, empty where nothing was to handle). */
export function trialFiles(province: Province): readonly { readonly path: string; readonly text: string }[] {
  const trials = trialsOf(province.planted);
  return STRATEGIES.map((strategy) => {
    const rows = province.customers.map((customer) => {
      const i = customer.index;
      const content = trials.content[i] === 2 ? '' : trials.content[i];
      const cells = [
        customer.id,
        SEGMENTS[segmentOf(customer)] ?? '',
        customer.city,
        customer.valueTier,
        customer.tenureMonths,
        trials.arms[strategy][i] === 1 ? ARMS[strategy] : '对照',
        trials.eventsBefore[i],
        trials.grievancesAfter[i],
        trials.complaintsAfter[i],
        trials.churned[i],
        content,
      ];
      return `${cells.join(',')}\r\n`;
    });
    return { path: `experiments/${strategy}.csv`, text: HEADER + rows.join('') };
  });
}
