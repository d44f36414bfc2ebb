import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answered } from '../kit/answered.tsx';
import { Icon } from '../kit/icons.tsx';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { useParam } from '../kit/url-state.ts';
import { Invite } from './invite.tsx';
import { MemberDrawer } from './member-drawer.tsx';
import { stateOf } from './member-state.tsx';
import { MemberTable } from './member-table.tsx';
import { organisation } from './people-api.ts';
import type { MemberRow, Organisation } from '../../model/organisation.ts';
import { UnitSteps } from './unit-forms.tsx';
import type { UnitStep } from './unit-forms.tsx';
import { UnitTree } from './unit-tree.tsx';
import './people.css';

/** Who belongs where, may do what, and sees which voices. */
export function OrganisationPage() {
  const { t } = useTranslation();
  const may = useMay();
  const query = useQuery({ queryKey: ['organisation'], queryFn: organisation });
  const [unit, setUnit] = useParam('unit');
  const [opened, setOpened] = useParam('member');
  const [step, setStep] = useState<UnitStep | null>(null);
  const [inviting, setInviting] = useState(false);
  const open = useCallback((member: MemberRow) => setOpened(member.id), [setOpened]);
  const units = query.data?.units ?? [];
  const chosen = units.find((one) => one.id === unit);
  return (
    <div className="page">
      <PageHead name={t('nav.organisation')} words={<Words data={query.data} />} under={t('organisation.under')}>
        {may('roles.grant') ? (
          <Button type="primary" onClick={() => setInviting(true)}>
            {t('organisation.invite')}
          </Button>
        ) : null}
      </PageHead>
      <div className="org">
        <section className="panel org-tree" aria-label={t('organisation.units')}>
          <div className="org-tree-head">
            <h2>{t('organisation.units')}</h2>
            {may('members.write') ? <UnitKeys chosen={chosen !== undefined && !chosen.retired} onStep={setStep} /> : null}
          </div>
          <Answered query={query}>{(data) => <UnitTree data={data} chosen={unit} onChoose={setUnit} />}</Answered>
        </section>
        <MemberTable query={query} unit={unit} opened={opened} onOpen={open} />
      </div>
      <MemberDrawer data={query.data} id={opened} onClose={() => setOpened(null)} />
      <UnitSteps step={step} units={units} unit={chosen} onClose={() => setStep(null)} />
      {inviting ? <Invite units={units} unit={unit} onClose={() => setInviting(false)} /> : null}
    </div>
  );
}

function Words({ data }: { readonly data: Organisation | undefined }) {
  const { t } = useTranslation();
  if (data === undefined) return t('nav.organisation');
  const active = data.members.filter((member) => !member.disabled);
  const waiting = active.filter((member) => ['invited', 'linkGone'].includes(stateOf(member, Date.now()))).length;
  const words = t('organisation.words', { units: data.units.filter((one) => !one.retired).length, members: active.length });
  return waiting === 0 ? words : words + t('organisation.wordsOpen', { waiting });
}

function UnitKeys({ chosen, onStep }: { readonly chosen: boolean; readonly onStep: (step: UnitStep) => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const items = [
    { key: 'add', label: t('organisation.addUnit') },
    { key: 'rename', label: t('organisation.rename'), disabled: !chosen },
    { key: 'move', label: t('organisation.move'), disabled: !chosen },
    { key: 'retire', label: t('organisation.retire'), disabled: !chosen, danger: true },
  ];
  return (
    <Dropdown key={locale} trigger={['click']} menu={{ items, onClick: ({ key }) => onStep(key as UnitStep) }}>
      <Button size="small" type="text" aria-label={t('organisation.unitKeys')} icon={<Icon name="more" />} />
    </Dropdown>
  );
}
