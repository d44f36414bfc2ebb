import type { PairEstimate } from './estimate-pairs.ts';

/**
 * The ratio that a pair without any association would show if a share of the categories were wrong, spread over the other categories by their size.
 * Some complaints filed under k are then really of others, some grievances filed under g really are others', and bring their ratios along: to first
 * order, 1 + share · (mean excess of g with the other complaints + mean excess of the other grievances with k), each mean weighted by how often the
 * others occur.
 */
export function misreadAlone(
  pairs: readonly PairEstimate[],
  grievances: readonly number[],
  complaints: readonly number[],
  share: number,
): (pair: Pick<PairEstimate, 'grievance' | 'complaint'>) => number {
  const ofGrievance = new Float64Array(grievances.length);
  const ofComplaint = new Float64Array(complaints.length);
  const excessOf = (pair: PairEstimate): number => (pair.significant ? pair.ratio - 1 : 0);
  for (const pair of pairs) {
    ofGrievance[pair.grievance] = (ofGrievance[pair.grievance] as number) + excessOf(pair) * (complaints[pair.complaint] ?? 0);
    ofComplaint[pair.complaint] = (ofComplaint[pair.complaint] as number) + excessOf(pair) * (grievances[pair.grievance] ?? 0);
  }
  const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);
  const [allGrievances, allComplaints] = [sum(grievances), sum(complaints)];
  const own = new Map(pairs.map((pair) => [pair.grievance * complaints.length + pair.complaint, excessOf(pair)]));
  return ({ grievance, complaint }) => {
    const excess = own.get(grievance * complaints.length + complaint) ?? 0;
    const [g, k] = [grievances[grievance] ?? 0, complaints[complaint] ?? 0];
    const acrossComplaints = ((ofGrievance[grievance] ?? 0) - excess * k) / Math.max(1, allComplaints - k);
    const acrossGrievances = ((ofComplaint[complaint] ?? 0) - excess * g) / Math.max(1, allGrievances - g);
    return Math.max(0, 1 + share * (acrossComplaints + acrossGrievances));
  };
}
