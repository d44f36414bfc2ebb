import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { SEVERITIES } from '../../model/alarm.ts';
import type { Severity } from '../../model/alarm.ts';
import type { Filter } from '../../model/question.ts';
import { createOrder } from '../api/calls.ts';
import { withPeriod } from '../kit/periods.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { useOnce } from '../kit/use-once.ts';

interface Draft {
  readonly title: string;
  readonly category: string | null;
  readonly severity: Severity;
  readonly department: string | null;
  readonly note: string;
}

const TITLE_CHARS = 200;

/** An analyst's finding becomes a work order about the voices that are filtered now. */
export function NewOrder({
  where,
  category,
  label,
  about,
}: {
  readonly where: readonly Filter[];
  readonly category: string | null;
  readonly label?: string;
  readonly about?: string;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label ?? t('orders.make')}</Button>
      {open ? <NewOrderSheet where={where} category={category} about={about} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** An order that comes of no selection is about its cause's voices of the last 30 days. */
const aboutOf = (where: readonly Filter[], category: string | null): readonly Filter[] =>
  where.length > 0 ? where : withPeriod(category === null ? [] : [{ field: 'category', in: [category] }], '30d', new Date());

export function NewOrderSheet({
  where,
  category,
  about = '',
  onClose,
}: {
  readonly where: readonly Filter[];
  readonly category: string | null;
  /** The selection in words: the title where no single cause gives one. */
  readonly about?: string | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const go = useNavigate();
  const cache = useQueryClient();
  const labels = useLabels();
  const [draft, setDraft] = useState<Draft>({
    title: category === null ? about.slice(0, TITLE_CHARS) : labels.value('category', category),
    category,
    severity: 'serious',
    department: null,
    note: '',
  });
  const make = useOnce({
    mutationFn: () =>
      createOrder({
        title: draft.title.trim(),
        where: aboutOf(where, draft.category),
        category: draft.category,
        severity: draft.severity,
        ...(draft.department === null ? {} : { department: draft.department }),
        ...(draft.note === '' ? {} : { note: draft.note }),
      }),
    onSuccess: async ({ order }) => {
      await cache.invalidateQueries({ queryKey: ['orders'] });
      void go(`/orders/${order.id}`);
    },
  });
  // Without a cause the map names no department.
  const isNobodys = draft.category === null && draft.department === null;
  return (
    <Modal
      open
      title={t('orders.make')}
      onCancel={onClose}
      okText={t('orders.make')}
      cancelText={t('common.cancel')}
      confirmLoading={make.isPending}
      okButtonProps={{ disabled: draft.title.trim() === '' || isNobodys }}
      onOk={() => make.mutate()}
    >
      <div className="stack wide">
        <p className="quiet">{t(where.length === 0 ? 'orders.newHelp' : 'orders.makeHelp')}</p>
        <Fields draft={draft} onChange={setDraft} />
        {isNobodys ? <p className="faint">{t('orders.makeNeeds')}</p> : null}
        {make.error === null ? null : <ProblemView error={make.error} />}
      </div>
    </Modal>
  );
}

function Fields({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const words = useVocabulary().data;
  const leaves = (words?.categories ?? [])
    .filter((c) => c.cell !== null && c.cell !== undefined)
    .map((c) => ({ value: c.code, label: labels.value('category', c.code) }));
  const departments = (words?.departments ?? []).map((d) => ({ value: d.code, label: labels.value('department', d.code) }));
  return (
    <>
      <label className="field">
        <span className="label">{t('orders.title')}</span>
        <Input value={draft.title} maxLength={TITLE_CHARS} onChange={(e) => onChange({ ...draft, title: e.target.value })} />
      </label>
      <div className="field">
        <span className="label">{t('orders.category')}</span>
        <Select
          aria-label={t('orders.category')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.category}
          options={leaves}
          onChange={(v?: string) => onChange({ ...draft, category: v ?? null })}
        />
      </div>
      <div className="form-grid">
        <div className="field">
          <span className="label">{t('orders.severity')}</span>
          <Select
            aria-label={t('orders.severity')}
            value={draft.severity}
            options={SEVERITIES.map((value) => ({ value, label: t(`states.severity.${value}`) }))}
            onChange={(severity: Severity) => onChange({ ...draft, severity })}
          />
        </div>
        <div className="field">
          <span className="label">{t('orders.department')}</span>
          <Select
            aria-label={t('orders.department')}
            allowClear
            placeholder={t('orders.anyDepartment')}
            value={draft.department}
            options={departments}
            onChange={(v?: string) => onChange({ ...draft, department: v ?? null })}
          />
        </div>
      </div>
      <label className="field">
        <span className="label">{t('orders.note')}</span>
        <Input.TextArea rows={2} value={draft.note} onChange={(e) => onChange({ ...draft, note: e.target.value })} />
      </label>
    </>
  );
}
