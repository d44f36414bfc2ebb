import type { MemberRow, UnitRow } from '../../model/organisation.ts';

export interface Branch {
  readonly unit: UnitRow;
  readonly depth: number;
  readonly children: number;
  /** Active members here and below. */
  readonly members: number;
}

/** The tree in reading order, with what each unit carries; units whose parent is out of sight stand at the top. */
export function branchesOf(units: readonly UnitRow[], members: readonly Pick<MemberRow, 'unit' | 'disabled'>[]): readonly Branch[] {
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const below = Map.groupBy(units, (unit) => (unit.parent !== null && known.has(unit.parent) ? unit.parent : ''));
  const active = members.filter((member) => !member.disabled).flatMap((member) => known.get(member.unit.id)?.path ?? []);
  const out: Branch[] = [];
  const walk = (parent: string, depth: number): void => {
    for (const unit of below.get(parent) ?? []) {
      const count = active.filter((path) => path.startsWith(unit.path)).length;
      out.push({ unit, depth, children: below.get(unit.id)?.length ?? 0, members: count });
      if (depth < 12) walk(unit.id, depth + 1);
    }
  };
  walk('', 0);
  return out;
}

/** What is in sight while some branches are folded. */
export function unfolded(branches: readonly Branch[], open: ReadonlySet<string>): readonly Branch[] {
  const hidden = branches.filter((branch) => branch.children > 0 && !open.has(branch.unit.id)).map((branch) => branch.unit.path);
  return branches.filter(({ unit }) => !hidden.some((path) => unit.path !== path && unit.path.startsWith(path)));
}

/** The chosen unit's members, itself and below. */
export function membersUnder(members: readonly MemberRow[], units: readonly UnitRow[], chosen: string | null): readonly MemberRow[] {
  const path = units.find((unit) => unit.id === chosen)?.path;
  if (path === undefined) return members;
  const inside = new Set(units.filter((unit) => unit.path.startsWith(path)).map((unit) => unit.id));
  return members.filter((member) => inside.has(member.unit.id));
}
