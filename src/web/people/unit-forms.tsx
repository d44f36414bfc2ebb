import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { vocabulary } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView, useProblemText } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { Field, UnitPicker } from './member-form.tsx';
import { addUnit, moveUnit, moveWould, retireUnit, saveUnit } from './people-api.ts';
import { UNIT_LEVELS } from '../../model/organisation.ts';
import type { UnitDraft, UnitRow } from '../../model/organisation.ts';

/** The province is there from the start. */
const LEVELS = UNIT_LEVELS.filter((level) => level !== 'province');

export type UnitStep = 'add' | 'rename' | 'move' | 'retire';

interface UnitSteps {
  readonly step: UnitStep | null;
  readonly units: readonly UnitRow[];
  /** The chosen unit; a new one hangs below it. */
  readonly unit: UnitRow | undefined;
  readonly onClose: () => void;
}

/** What can be done with the tree; each step in a sheet of its own. */
export function UnitSteps({ step, units, unit, onClose }: UnitSteps) {
  const cache = useQueryClient();
  const done = (): void => {
    void cache.invalidateQueries({ queryKey: ['organisation'] });
    void cache.invalidateQueries({ queryKey: ['sees'] });
    onClose();
  };
  if (step === null) return null;
  if (step === 'add') return <NamesSheet units={units} unit={unit} fresh onDone={done} onClose={onClose} />;
  if (unit === undefined) return null;
  if (step === 'rename') return <NamesSheet units={units} unit={unit} fresh={false} onDone={done} onClose={onClose} />;
  return step === 'move' ? <MoveSheet {...{ units, unit, onClose }} onDone={done} /> : <RetireSheet {...{ unit, onClose }} onDone={done} />;
}

interface Sheet {
  readonly unit: UnitRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function firstDraft(units: readonly UnitRow[], unit: UnitRow | undefined, fresh: boolean): UnitDraft {
  if (!fresh && unit !== undefined)
    return {
      parent: unit.parent ?? '',
      level: unit.level,
      name: unit.name,
      name_en: unit.name_en,
      department: unit.department,
      region: null,
    };
  const parent = unit ?? units.find((one) => one.parent === null) ?? units[0];
  return { parent: parent?.id ?? '', level: 'unit', name: '', name_en: '', department: null, region: null };
}

/** The names of a new unit or of one that stands; a new one also says where it hangs. */
function NamesSheet({
  units,
  unit,
  fresh,
  onDone,
  onClose,
}: Omit<Sheet, 'unit'> & { readonly units: readonly UnitRow[]; readonly unit: UnitRow | undefined; readonly fresh: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useQuery({ queryKey: ['vocabulary'], queryFn: vocabulary, staleTime: 300_000, retry: false });
  const [draft, setDraft] = useState(() => firstDraft(units, unit, fresh));
  const set = (change: Partial<UnitDraft>): void => setDraft((old) => ({ ...old, ...change }));
  const save = useOnce({
    mutationFn: async (given: UnitDraft): Promise<unknown> => (fresh || unit === undefined ? addUnit(given) : saveUnit(unit, given)),
    onSuccess: onDone,
  });
  const departments = words.data?.departments.map((one) => ({ value: one.code, label: one.names[locale] })) ?? [];
  const regionLevel = draft.level === 'city' ? 'city' : draft.level === 'district' || draft.level === 'branch' ? 'district' : null;
  const regions =
    words.data?.regions.filter((one) => one.level === regionLevel).map((one) => ({ value: one.code, label: one.names[locale] })) ?? [];
  return (
    <Modal
      open
      title={t(fresh ? 'organisation.addUnit' : 'organisation.rename')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ loading: save.isPending, disabled: draft.name.trim() === '' || draft.name_en.trim() === '' }}
      onOk={() => save.mutate(draft)}
      onCancel={onClose}
    >
      <div className="stack wide">
        {fresh ? (
          <div className="form-grid">
            <Field label={t('organisation.parent')}>
              {(id) => <UnitPicker id={id} units={units} value={draft.parent} onChange={(parent) => set({ parent })} />}
            </Field>
            <Field label={t('organisation.level')}>
              {(id) => (
                <Select
                  id={id}
                  value={draft.level}
                  options={LEVELS.map((level) => ({ value: level, label: t(`unitLevels.${level}`) }))}
                  onChange={(level) => set({ level, region: null })}
                />
              )}
            </Field>
          </div>
        ) : null}
        <div className="form-grid">
          <Field label={t('organisation.name')}>
            {(id) => <Input id={id} maxLength={80} value={draft.name} onChange={(e) => set({ name: e.target.value })} />}
          </Field>
          <Field label={t('organisation.nameEn')}>
            {(id) => <Input id={id} maxLength={80} value={draft.name_en} onChange={(e) => set({ name_en: e.target.value })} />}
          </Field>
          {fresh && regionLevel !== null && regions.length > 0 ? (
            <Field label={t('organisation.region')}>
              {(id) => (
                <Select
                  id={id}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={draft.region}
                  options={regions}
                  onChange={(region: string) => set({ region })}
                />
              )}
            </Field>
          ) : null}
          {departments.length > 0 ? (
            <Field label={t('organisation.department')}>
              {(id) => (
                <Select
                  id={id}
                  allowClear
                  placeholder={t('organisation.noDepartment')}
                  value={draft.department}
                  options={departments}
                  onChange={(department?: string) => set({ department: department ?? null })}
                />
              )}
            </Field>
          ) : null}
        </div>
        {save.error === null ? null : <ProblemView error={save.error} />}
      </div>
    </Modal>
  );
}

/** The consequences stand on the sheet before the key can be pressed. */
function MoveSheet({ units, unit, onDone, onClose }: Sheet & { readonly units: readonly UnitRow[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const problemText = useProblemText();
  const [to, setTo] = useState<string | null>(null);
  const would = useQuery({
    queryKey: ['move', unit.id, to],
    queryFn: () => moveWould(unit.id, to ?? ''),
    enabled: to !== null,
    staleTime: 0,
  });
  const move = useOnce({ mutationFn: (target: string) => moveUnit(unit, target), onSuccess: onDone });
  const blocked = to === null || would.data === undefined || would.data.problems.length > 0;
  return (
    <Modal
      open
      title={`${t('organisation.move')} · ${locale === 'en' ? unit.name_en : unit.name}`}
      okText={t('organisation.moveSubmit')}
      cancelText={t('common.cancel')}
      okButtonProps={{ loading: move.isPending, disabled: blocked }}
      onOk={() => (to === null ? undefined : move.mutate(to))}
      onCancel={onClose}
    >
      <div className="stack wide">
        <Field label={t('organisation.moveTo')}>
          {(id) => <UnitPicker id={id} units={units} value={to} without={unit.path} onChange={setTo} />}
        </Field>
        {to === null ? null : (
          <Answered query={would} rows={2}>
            {(said) =>
              said.problems.length > 0 ? (
                <div className="note alert" role="alert">
                  {said.problems.map((problem) => problemText(problem)).join(' ')}
                </div>
              ) : (
                <div className="note">
                  <p>
                    {t('organisation.moveSays', {
                      unit: locale === 'en' ? unit.name_en : unit.name,
                      units: said.units,
                      members: said.members,
                      from: said.from,
                      to: said.to,
                      voices: count(said.voices, locale),
                      orders: said.open_orders,
                    })}
                  </p>
                  {said.gain.length > 0 ? (
                    <p>{t('organisation.moveGain', { names: said.gain.join(locale === 'zh' ? '、' : ', ') })}</p>
                  ) : null}
                  {said.lose.length > 0 ? (
                    <p>{t('organisation.moveLose', { names: said.lose.join(locale === 'zh' ? '、' : ', ') })}</p>
                  ) : null}
                  {said.gain.length + said.lose.length === 0 ? <p>{t('organisation.moveSame')}</p> : null}
                </div>
              )
            }
          </Answered>
        )}
        {move.error === null ? null : <ProblemView error={move.error} />}
      </div>
    </Modal>
  );
}

function RetireSheet({ unit, onDone, onClose }: Sheet) {
  const { t } = useTranslation();
  const locale = useLocale();
  const retire = useOnce({ mutationFn: () => retireUnit(unit), onSuccess: onDone });
  return (
    <Modal
      open
      title={t('organisation.retireTitle', { name: locale === 'en' ? unit.name_en : unit.name })}
      footer={[
        <Button key="no" onClick={onClose}>
          {t('common.cancel')}
        </Button>,
        <Button key="yes" danger type="primary" loading={retire.isPending} onClick={() => retire.mutate()}>
          {t('organisation.retire')}
        </Button>,
      ]}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="quiet">{t('organisation.retireHelp')}</p>
        {retire.error === null ? null : <ProblemView error={retire.error} />}
      </div>
    </Modal>
  );
}
