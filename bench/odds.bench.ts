import { plantedEvents } from '../scenarios/province/planted/world.ts';
import { judgeOdds } from '../test/kit/planted-odds.ts';
import { printMachine, printTable, whole } from './kit/report.ts';

/**
 * `npm run bench odds [DAYS [FIRST SEED [LAST SEED [CUSTOMERS]]]]`: the probability of a complaint of the same category on planted worlds, learned and judged
 * as the product does it (the last 30 % by time are judged), beside what the true odds spare on the very same grievances.
 */
const [days = 30, first = 1, last = 20, customers = 200_000] = process.argv.slice(2).map(Number);
const GATES = { slope: [0.9, 1.1], share: 0.9 } as const;

printMachine(`odds: a complaint within ${days} days, ${whole(customers)} customers × 180 days`);
const judged: ReturnType<typeof judge>[] = [];
for (let seed = first; seed <= last; seed++) {
  const one = judge(seed);
  judged.push(one);
  console.log(JSON.stringify(one));
}
const mean = (of: (one: (typeof judged)[number]) => number): number => judged.reduce((sum, one) => sum + of(one), 0) / judged.length;
printTable(
  [
    'seed',
    'learned from',
    'judged',
    'complaints',
    'spared, nats',
    'by the true odds',
    'share',
    'slope',
    'slope of the true odds',
    'family',
    'CPU s',
  ],
  judged.map((one) => [
    String(one.seed),
    whole(one.learned),
    whole(one.judged),
    whole(one.complaints),
    one.spared.toFixed(5),
    one.best.toFixed(5),
    one.share.toFixed(3),
    `${one.slope.toFixed(3)} ± ${one.error.toFixed(3)}`,
    one.trueSlope.toFixed(3),
    one.family,
    one.cpu.toFixed(0),
  ]),
);
const [share, slope] = [mean((one) => one.share), mean((one) => one.slope)];
const within = judged.filter((one) => one.slope >= GATES.slope[0] && one.slope <= GATES.slope[1] && one.share >= GATES.share).length;
console.log(
  `\nmean share ${share.toFixed(3)}, mean slope ${slope.toFixed(3)}; both within the gate on ${within} of ${judged.length} seeds\n`,
);
if (share < GATES.share || slope < GATES.slope[0] || slope > GATES.slope[1]) process.exitCode = 1;

function judge(seed: number) {
  const began = process.cpuUsage();
  const judged = judgeOdds(plantedEvents({ seed, customers, days: 180 }), days);
  const { user, system } = process.cpuUsage(began);
  return { seed, ...judged, cpu: (user + system) / 1e6 };
}
