import { useTranslation } from 'react-i18next';
import type { MemberRow } from '../../model/organisation.ts';

export type MemberState = 'active' | 'disabled' | 'invited' | 'linkGone';

/** Whether the member can come in, and if not, why. Without the keeper's details only “disabled” is known. */
export function stateOf(member: MemberRow, now: number): MemberState {
  if (member.disabled) return 'disabled';
  const comesIn = member.has_password !== false || (member.sessions ?? 0) > 0 || member.roles.includes('operator');
  if (comesIn) return 'active';
  return member.link_until !== null && member.link_until !== undefined && Date.parse(member.link_until) > now ? 'invited' : 'linkGone';
}

const LOOK: Readonly<Record<MemberState, string>> = { active: 'full', disabled: 'over', invited: 'waits full', linkGone: 'waits' };

export function MemberStateMark({ member }: { readonly member: MemberRow }) {
  const { t } = useTranslation();
  const state = stateOf(member, Date.now());
  return <span className={`state ${LOOK[state]}`}>{t(`organisation.${state}`)}</span>;
}
