import type { UseQueryResult } from '@tanstack/react-query';
import { Checkbox, Input } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ADMINISTRATORS } from '../../model/may.ts';
import { DataTable } from '../kit/data-table.tsx';
import type { Column } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { When } from '../kit/when.tsx';
import { MemberStateMark, stateOf } from './member-state.tsx';
import type { MemberRow, Organisation } from '../../model/organisation.ts';
import { membersUnder } from './unit-shape.ts';
import { useParam } from '../kit/url-state.ts';

interface MemberTable {
  readonly query: UseQueryResult<Organisation, Error>;
  readonly unit: string | null;
  readonly opened: string | null;
  readonly onOpen: (member: MemberRow) => void;
}

/** Members of the chosen unit and below; searched here, for all of them are here. */
export function MemberTable({ query, unit, opened, onOpen }: MemberTable) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [text, setText] = useParam('q', { replace: true });
  const [disabled, setDisabled] = useParam('disabled');
  const all = disabled !== null;
  const columns = useColumns(query.data, onOpen);
  const rows = useMemo(() => {
    const wanted = (text ?? '').trim().toLowerCase();
    const found = query.data === undefined ? [] : membersUnder(query.data.members, query.data.units, unit);
    return found.filter(
      (member) =>
        (all || !member.disabled) &&
        (wanted === '' || [member.name, member.login, member.staff_no ?? ''].some((one) => one.toLowerCase().includes(wanted))),
    );
  }, [query.data, unit, text, all]);
  const more = useCallback(() => Promise.resolve({ rows, count: rows.length }), [rows]);
  const filters = [
    ...(unit === null ? [] : [`${t('organisation.unit')}: ${nameOfUnit(query.data, unit, locale)}`]),
    ...(text === null ? [] : [`${t('organisation.find')}: ${text}`]),
    ...(all ? [t('organisation.showDisabled')] : []),
  ];
  const known = query.data !== undefined;
  const listed = useMemo(() => (known ? { rows, next: null, count: rows.length } : undefined), [known, rows]);
  const { error, isPlaceholderData, refetch } = query;
  return (
    <DataTable
      name="members"
      title={t('organisation.members')}
      columns={columns}
      keyOf={keyOf}
      query={{ data: listed, error, isPlaceholderData, refetch }}
      more={more}
      filters={filters}
      onOpen={onOpen}
      opened={opened}
      empty={<Empty why={t('organisation.empty')} next={t('organisation.emptyNext')} />}
      tools={
        <>
          <Input.Search
            size="small"
            allowClear
            style={{ width: 200 }}
            placeholder={t('organisation.find')}
            aria-label={t('organisation.find')}
            defaultValue={text ?? ''}
            onChange={(e) => setText(e.target.value)}
          />
          <Checkbox checked={all} onChange={(e) => setDisabled(e.target.checked ? '1' : null)}>
            {t('organisation.showDisabled')}
          </Checkbox>
        </>
      }
    />
  );
}

const keyOf = (member: MemberRow): string => member.id;

function nameOfUnit(data: Organisation | undefined, id: string, locale: 'zh' | 'en'): string {
  const unit = data?.units.find((one) => one.id === id);
  return (locale === 'en' ? unit?.name_en : null) ?? unit?.name ?? id;
}

function useColumns(data: Organisation | undefined, onOpen: (member: MemberRow) => void): readonly Column<MemberRow>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const keeps = useMay()('members.write');
  return useMemo(() => {
    const english = new Map(data?.units.map((unit) => [unit.id, unit.name_en]) ?? []);
    const unitOf = (member: MemberRow) => (locale === 'en' ? (english.get(member.unit.id) ?? member.unit.name) : member.unit.name);
    const rolesOf = (member: MemberRow) => member.roles.map((role) => t(`roles.${role}`)).join(locale === 'zh' ? '、' : ', ');
    const columns: Column<MemberRow>[] = [
      {
        name: 'name',
        title: t('organisation.name'),
        width: 190,
        sort: 'here',
        card: 'title',
        text: (member) => member.name,
        show: (member) => <Person member={member} onOpen={onOpen} />,
      },
      {
        name: 'roles',
        title: t('organisation.roles'),
        width: 164,
        sort: 'here',
        text: rolesOf,
        show: (member) => (
          <span className="row" style={{ gap: 4 }}>
            {member.roles.map((role) => (
              <span key={role} className={ADMINISTRATORS.some((one) => one === role) ? 'tag office' : 'tag'}>
                {t(`roles.${role}`)}
              </span>
            ))}
          </span>
        ),
      },
      { name: 'unit', title: t('organisation.unit'), width: 150, sort: 'here', text: unitOf, show: unitOf },
      {
        name: 'scope',
        title: t('organisation.scope'),
        width: 130,
        grow: true,
        sort: 'here',
        text: (member) => member.scope_words[locale],
        show: (member) => member.scope_words[locale],
      },
      {
        name: 'state',
        title: t('organisation.state'),
        width: 100,
        sort: 'here',
        text: (member) => t(`organisation.${stateOf(member, Date.now())}`),
        show: (member) => <MemberStateMark member={member} />,
      },
    ];
    if (!keeps) return columns;
    return [
      ...columns,
      {
        name: 'seen',
        title: t('organisation.lastSeen'),
        width: 120,
        sort: 'here',
        format: 'time',
        text: (member) => member.last_seen_at ?? null,
        show: (member) => <When at={member.last_seen_at ?? null} />,
      },
      {
        name: 'staff-no',
        title: t('organisation.staffNo'),
        width: 100,
        hidden: true,
        sort: 'here',
        text: (member) => member.staff_no ?? null,
        show: (member) => member.staff_no ?? '–',
      },
    ];
  }, [data, keeps, locale, onOpen, t]);
}

function Person({ member, onOpen }: { readonly member: MemberRow; readonly onOpen: (member: MemberRow) => void }) {
  return (
    <button type="button" className={`person ${member.disabled ? 'off' : ''}`} onClick={() => onOpen(member)}>
      <span className="initial" aria-hidden="true">
        {[...member.name.replace(/^.*·/, '')][0]}
      </span>
      <span>
        <strong>{member.name}</strong>
        <small>{member.login}</small>
      </span>
    </button>
  );
}
