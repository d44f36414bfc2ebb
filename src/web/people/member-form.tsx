import { Button, Checkbox, Input, Select, TreeSelect } from 'antd';
import { useId, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ADMINISTRATORS, standApart } from '../../model/may.ts';
import { ROLES, SCOPES } from '../../model/people.ts';
import type { Role } from '../../model/people.ts';
import { useLocale } from '../kit/locale.ts';
import { useMe } from '../kit/me.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import type { MemberDraft, UnitRow } from '../../model/organisation.ts';

interface MemberForm {
  readonly units: readonly UnitRow[];
  readonly given: MemberDraft;
  /** A new member has a login to choose, and no administrator's role yet. */
  readonly fresh: boolean;
  /** The own account: only the name and the address. */
  readonly own?: boolean;
  readonly submit: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly note?: string;
  readonly onSubmit: (draft: MemberDraft) => void;
  readonly onCancel: () => void;
}

const PERSON_ROLES = ROLES.filter((role) => role !== 'operator');
const isOffice = (role: Role): boolean => ADMINISTRATORS.some((one) => one === role);

export function MemberForm({ units, given, fresh, own = false, submit, busy, error, note, onSubmit, onCancel }: MemberForm) {
  const { t } = useTranslation();
  const me = useMe().data;
  const [draft, setDraft] = useState(given);
  const set = (change: Partial<MemberDraft>): void => setDraft((old) => ({ ...old, ...change }));
  const widest = SCOPES.indexOf(me?.scope ?? 'own');
  const missing = draft.name.trim() === '' || (fresh && draft.login === '') || draft.roles.length === 0 || draft.unit === '';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing) onSubmit(draft);
  };
  const names = { 'body.login': t('organisation.login'), 'body.name': t('organisation.name'), 'body.email': t('organisation.email') };
  return (
    <form className="stack wide" onSubmit={send}>
      <div className="form-grid">
        <Field label={t('organisation.name')}>
          {(id) => <Input id={id} value={draft.name} maxLength={80} onChange={(e) => set({ name: e.target.value })} />}
        </Field>
        {fresh ? (
          <Field label={t('organisation.login')} help="a–z 0–9 . _ -">
            {(id) => (
              <Input id={id} value={draft.login} maxLength={64} onChange={(e) => set({ login: e.target.value.toLowerCase().trim() })} />
            )}
          </Field>
        ) : null}
        <Field label={t('organisation.email')}>
          {(id) => (
            <Input
              id={id}
              type="email"
              value={draft.email ?? ''}
              onChange={(e) => set({ email: e.target.value === '' ? null : e.target.value })}
            />
          )}
        </Field>
        {me?.scope === 'province' && !own ? (
          <Field label={t('organisation.staffNo')} help={t('organisation.staffNoHelp')}>
            {(id) => (
              <Input
                id={id}
                value={draft.staff_no ?? ''}
                onChange={(e) => set({ staff_no: e.target.value === '' ? null : e.target.value })}
              />
            )}
          </Field>
        ) : null}
      </div>
      {own ? (
        <p className="note">{t('member.self')}</p>
      ) : (
        <>
          <Roles roles={draft.roles} fresh={fresh} onChange={(roles) => set({ roles })} />
          <div className="form-grid">
            <Field label={t('organisation.unit')}>
              {(id) => <UnitPicker id={id} units={units} value={draft.unit} onChange={(unit) => set({ unit })} />}
            </Field>
            <Field label={t('organisation.scope')}>
              {(id) => (
                <Select
                  id={id}
                  value={draft.scope}
                  options={SCOPES.map((scope, i) => ({ value: scope, label: t(`scopes.${scope}`), disabled: i > widest }))}
                  onChange={(scope) => set({ scope })}
                />
              )}
            </Field>
          </div>
        </>
      )}
      {note === undefined ? null : <p className="faint">{note}</p>}
      {error === null || error === undefined ? null : <ProblemView error={error} names={names} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy} disabled={missing || !standApart(draft.roles)}>
          {submit}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}

/** Choosing an administrator's role lets go of all others, and the other way round: what cannot stand together is never picked. */
function Roles({
  roles,
  fresh,
  onChange,
}: {
  readonly roles: readonly Role[];
  readonly fresh: boolean;
  readonly onChange: (roles: readonly Role[]) => void;
}) {
  const { t } = useTranslation();
  const pick = (role: Role, on: boolean): void => {
    if (!on) onChange(roles.filter((one) => one !== role));
    else if (isOffice(role)) onChange([role]);
    else onChange([...roles.filter((one) => !isOffice(one)), role]);
  };
  return (
    <fieldset className="field" style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="label" style={{ padding: 0, color: 'var(--ink-2)', fontSize: 13 }}>
        {t('organisation.roles')}
      </legend>
      <div className="form-grid" style={{ gap: 8 }}>
        {PERSON_ROLES.map((role) => (
          <Checkbox
            key={role}
            checked={roles.includes(role)}
            disabled={fresh && isOffice(role)}
            onChange={(e) => pick(role, e.target.checked)}
          >
            {t(`roles.${role}`)}
            <small style={{ display: 'block', color: 'var(--ink-3)' }}>{t(`roleHelp.${role}`)}</small>
          </Checkbox>
        ))}
      </div>
      <small>{t(fresh ? 'member.onlyAfter' : 'member.apart')}</small>
    </fieldset>
  );
}

export function Field({
  label,
  help,
  children,
}: {
  readonly label: string;
  readonly help?: string;
  readonly children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help === undefined ? null : <small>{help}</small>}
    </div>
  );
}

/** A unit out of the tree; retired ones and those that are left out cannot be chosen. */
export function UnitPicker({
  id,
  units,
  value,
  without,
  onChange,
}: {
  readonly id?: string;
  readonly units: readonly UnitRow[];
  readonly value: string | null;
  /** Path of a unit that is left out together with what is below it. */
  readonly without?: string;
  readonly onChange: (unit: string) => void;
}) {
  const locale = useLocale();
  const known = new Set(units.map((unit) => unit.id));
  const nodes = units
    .filter((unit) => !unit.retired && (without === undefined || !unit.path.startsWith(without)))
    .map((unit) => ({
      id: unit.id,
      pId: unit.parent !== null && known.has(unit.parent) ? unit.parent : 0,
      value: unit.id,
      title: locale === 'en' ? unit.name_en : unit.name,
    }));
  return (
    <TreeSelect
      {...(id === undefined ? {} : { id })}
      treeDataSimpleMode
      treeData={nodes}
      {...(value === '' || value === null ? {} : { value })}
      showSearch
      treeNodeFilterProp="title"
      treeDefaultExpandedKeys={nodes.filter((node) => node.pId === 0).map((node) => node.id)}
      styles={{ popup: { root: { maxHeight: 360 } } }}
      onChange={(next: string) => onChange(next)}
    />
  );
}
