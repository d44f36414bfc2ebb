import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may as mayAs } from '../../model/may.ts';
import { fullMoment } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay, useMe } from '../kit/me.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { When } from '../kit/when.tsx';
import { MemberForm } from './member-form.tsx';
import { MemberStateMark } from './member-state.tsx';
import { endSessions, resetMember, saveMember } from './people-api.ts';
import type { MemberDraft, MemberRow, Organisation, SignInLink, UnitRow } from '../../model/organisation.ts';
import { ScopeExample } from './scope-example.tsx';
import { ShownOnce } from './shown-once.tsx';

type Step = 'edit' | 'disable' | 'reset' | 'end';

/** One member: who, what it may and sees, and what the security administrator can do about it. */
export function MemberDrawer({
  data,
  id,
  onClose,
}: {
  readonly data: Organisation | undefined;
  readonly id: string | null;
  readonly onClose: () => void;
}) {
  const member = data?.members.find((one) => one.id === id);
  return (
    <Drawer open={member !== undefined} onClose={onClose} title={member?.name ?? ''} size={560} destroyOnHidden>
      {member === undefined || data === undefined ? null : <One key={member.id} member={member} units={data.units} />}
    </Drawer>
  );
}

function One({ member, units }: { readonly member: MemberRow; readonly units: readonly UnitRow[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const [step, setStep] = useState<Step | null>(null);
  const [link, setLink] = useState<SignInLink | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: ['organisation'] });
  const save = useOnce({
    mutationFn: (given: Parameters<typeof saveMember>[2]) => saveMember(member.id, member.version, given),
    onSuccess: () => setStep(null),
    onSettled: async () => {
      await Promise.all([refresh(), cache.invalidateQueries({ queryKey: ['sees', member.id] })]);
    },
  });
  if (step === 'edit') return <Edit member={member} units={units} save={save} onCancel={() => setStep(null)} />;
  return (
    <div className="stack wide">
      <Facts member={member} units={units} />
      <Keys member={member} onStep={setStep} />
      {link === null ? null : (
        <ShownOnce
          text={location.origin + link.path}
          help={t('member.linkHelp', { name: member.name, until: fullMoment(link.expires_at, locale) })}
        />
      )}
      <Confirm
        step={step}
        member={member}
        onClose={() => setStep(null)}
        onDisable={() => save.mutate({ disabled: !member.disabled })}
        disabling={save}
        onLink={setLink}
        onDone={refresh}
      />
      <ScopeExample member={member.id} reads={mayAs({ roles: member.roles }, 'voices.read')} />
    </div>
  );
}

function Facts({ member, units }: { readonly member: MemberRow; readonly units: readonly UnitRow[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const unit = units.find((one) => one.id === member.unit.id);
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [t('organisation.state'), <MemberStateMark key="s" member={member} />],
    [t('organisation.login'), member.login],
    [t('organisation.roles'), member.roles.map((role) => t(`roles.${role}`)).join(locale === 'zh' ? '、' : ', ')],
    [t('organisation.unit'), locale === 'en' ? (unit?.name_en ?? member.unit.name) : member.unit.name],
    [t('organisation.scope'), member.scope_words[locale]],
    ...(member.email ? ([[t('organisation.email'), member.email]] as const) : []),
    ...(member.staff_no ? ([[t('organisation.staffNo'), member.staff_no]] as const) : []),
    ...(member.last_seen_at ? ([[t('organisation.lastSeen'), <When key="w" at={member.last_seen_at} />]] as const) : []),
    ...(member.sessions === undefined ? [] : ([[t('member.sessions'), member.sessions]] as const)),
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Keys({ member, onStep }: { readonly member: MemberRow; readonly onStep: (step: Step) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe().data;
  if (member.roles.includes('operator') || !(may('members.write') || may('roles.grant'))) return null;
  const self = me?.member === member.id;
  return (
    <div className="row">
      {may('roles.grant') ? (
        <Button type="primary" onClick={() => onStep('edit')}>
          {t('member.edit')}
        </Button>
      ) : null}
      {self || member.disabled ? null : (
        <Button onClick={() => onStep('reset')}>{t(member.has_password === false ? 'member.relink' : 'member.reset')}</Button>
      )}
      {(member.sessions ?? 0) > 0 ? <Button onClick={() => onStep('end')}>{t('member.end')}</Button> : null}
      {self || !may('roles.grant') ? null : (
        <Button danger={!member.disabled} onClick={() => onStep('disable')}>
          {t(member.disabled ? 'member.enable' : 'member.disable')}
        </Button>
      )}
    </div>
  );
}

interface Saving {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly mutate: (given: Parameters<typeof saveMember>[2]) => void;
}

function Edit({
  member,
  units,
  save,
  onCancel,
}: {
  readonly member: MemberRow;
  readonly units: readonly UnitRow[];
  readonly save: Saving;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe().data;
  const given: MemberDraft = {
    login: member.login,
    name: member.name,
    email: member.email ?? null,
    staff_no: member.staff_no ?? null,
    unit: member.unit.id,
    roles: member.roles,
    scope: member.scope,
  };
  const changed = (draft: MemberDraft) =>
    Object.fromEntries(
      Object.entries(draft).filter(([name, value]) => name !== 'login' && String(value) !== String(given[name as keyof MemberDraft])),
    );
  return (
    <MemberForm
      units={units}
      given={given}
      fresh={false}
      own={me?.member === member.id}
      submit={t('member.save')}
      busy={save.isPending}
      error={save.error}
      note={t('member.endsSessions')}
      onCancel={onCancel}
      onSubmit={(draft) => save.mutate(changed(draft))}
    />
  );
}

interface Confirm {
  readonly step: Step | null;
  readonly member: MemberRow;
  readonly disabling: Saving;
  readonly onDisable: () => void;
  readonly onLink: (link: SignInLink) => void;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Each step says what it will do before it is done. */
function Confirm({ step, member, disabling, onDisable, onLink, onDone, onClose }: Confirm) {
  const { t } = useTranslation();
  const reset = useOnce({ mutationFn: () => resetMember(member), onSuccess: ({ link }) => (onLink(link), onClose()), onSettled: onDone });
  const end = useOnce({ mutationFn: () => endSessions(member.id), onSuccess: onClose, onSettled: onDone });
  const shown = step === 'reset' || step === 'end' || step === 'disable' ? step : null;
  const enabling = shown === 'disable' && member.disabled;
  const doing = shown === 'reset' ? reset : shown === 'end' ? end : disabling;
  const title =
    shown === 'reset'
      ? t('member.resetTitle', { name: member.name })
      : shown === 'end'
        ? t('member.endTitle', { name: member.name, count: member.sessions ?? 0 })
        : enabling
          ? t('member.enable')
          : t('member.disableTitle', { name: member.name });
  const help = shown === 'reset' ? t('member.resetHelp') : shown === 'end' ? t('member.endHelp') : enabling ? '' : t('member.disableHelp');
  const submit =
    shown === 'reset' ? t('member.reset') : shown === 'end' ? t('member.end') : t(enabling ? 'member.enable' : 'member.disable');
  return (
    <Modal
      open={shown !== null}
      title={title}
      okText={submit}
      cancelText={t('common.cancel')}
      okButtonProps={{ loading: doing.isPending, danger: shown === 'disable' && !enabling }}
      onOk={() => (shown === 'reset' ? reset.mutate() : shown === 'end' ? end.mutate() : onDisable())}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className="stack">
        {help === '' ? null : <p className="quiet">{help}</p>}
        {doing.error === null ? null : <ProblemView error={doing.error} />}
      </div>
    </Modal>
  );
}
