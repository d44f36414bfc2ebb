import { useQueryClient } from '@tanstack/react-query';
import { Input, Modal, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepView } from '../api/calls.ts';
import { AUDIENCES } from '../../model/preferences.ts';
import type { Audience } from '../../model/preferences.ts';
import { ProblemView } from './problem-view.tsx';
import { useOnce } from './use-once.ts';

/** Keeps the page's address of now under a name. */
export function KeepSheet({ page, query, onClose }: { readonly page: string; readonly query: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const id = useId();
  const [name, setName] = useState('');
  const [audience, setAudience] = useState<Audience>('private');
  const keep = useOnce({
    mutationFn: () => keepView(page, { name: name.trim(), query, audience }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['views'] });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('views.save')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: name.trim() === '' }}
      confirmLoading={keep.isPending}
      onOk={() => keep.mutate()}
      onCancel={onClose}
    >
      <div className="stack wide">
        <p className="quiet">{t('views.saveHelp')}</p>
        <div className="field">
          <label htmlFor={id}>{t('views.name')}</label>
          <Input id={id} autoFocus maxLength={60} value={name} onChange={(e) => setName(e.target.value)} />
        </div>
        <fieldset className="field plain">
          <legend className="label">{t('views.audience')}</legend>
          <Radio.Group
            value={audience}
            options={AUDIENCES.map((value) => ({ value, label: t(`views.audiences.${value}`) }))}
            onChange={(e) => setAudience(e.target.value as Audience)}
          />
        </fieldset>
        {keep.error === null ? null : <ProblemView error={keep.error} />}
      </div>
    </Modal>
  );
}
