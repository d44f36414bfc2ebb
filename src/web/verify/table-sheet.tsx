import { useQueryClient } from '@tanstack/react-query';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { UPLIFT_LEARNERS } from '../../model/comparison.ts';
import { experimentTable } from '../api/calls.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';

const EMPTY = {
  arm: '',
  control: '',
  metric: '',
  direction: 'down',
  count: '',
  strata: '',
  balance: 'all',
  features: '',
  learner: 't-logistic',
};
type Asked = typeof EMPTY;

/** An experiment that ran elsewhere: its table, and which column is what. */
export function TableSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const cache = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [asked, ask] = useState<Asked>(EMPTY);
  const evaluate = useOnce({
    mutationFn: () => {
      if (file === null) throw new Error('no file');
      const { direction, metric, ...rest } = asked;
      return experimentTable(file, { ...rest, metric: `${metric.trim()}:${direction}` });
    },
    onSuccess: async ({ experiment }) => {
      await cache.invalidateQueries({ queryKey: ['experiments'] });
      void go(`/experiments/${experiment.id}`);
    },
  });
  const field = (name: keyof Asked, label: string) => (
    <label className="field">
      <span className="label">{label}</span>
      <Input value={asked[name]} maxLength={200} onChange={(e) => ask({ ...asked, [name]: e.target.value })} />
    </label>
  );
  return (
    <Modal
      open
      title={t('experiments.fromTable')}
      onCancel={onClose}
      okText={t('experiments.evaluate')}
      cancelText={t('common.cancel')}
      confirmLoading={evaluate.isPending}
      okButtonProps={{ disabled: file === null || asked.arm.trim() === '' || asked.metric.trim() === '' }}
      onOk={() => evaluate.mutate()}
    >
      <div className="stack wide">
        <p className="quiet">{t('experiments.tableHelp')}</p>
        <label className="field">
          <span className="label">{t('experiments.file')}</span>
          <input type="file" accept=".csv,.tsv,.xlsx,.json,.ndjson,.gz" onChange={(e) => setFile(e.target.files?.[0] ?? null)} />
        </label>
        <div className="form-grid">
          {field('arm', t('experiments.armColumn'))}
          {field('control', t('experiments.controlValue'))}
          {field('metric', t('experiments.metricColumn'))}
          <div className="field">
            <span className="label">{t('experiments.direction')}</span>
            <Select
              aria-label={t('experiments.direction')}
              value={asked.direction}
              options={[
                { value: 'up', label: t('experiments.up') },
                { value: 'down', label: t('experiments.down') },
              ]}
              onChange={(direction) => ask({ ...asked, direction })}
            />
          </div>
          {field('count', t('experiments.countColumn'))}
          {field('strata', t('experiments.strataColumns'))}
          {field('balance', t('experiments.balanceColumns'))}
          {field('features', t('experiments.featureColumns'))}
          <div className="field">
            <span className="label">{t('experiments.learner')}</span>
            <Select
              aria-label={t('experiments.learner')}
              value={asked.learner}
              options={UPLIFT_LEARNERS.map((value) => ({ value: value as string, label: t(`experiments.learners.${value}`) }))}
              onChange={(learner) => ask({ ...asked, learner })}
            />
          </div>
        </div>
        {evaluate.error === null ? null : <ProblemView error={evaluate.error} />}
      </div>
    </Modal>
  );
}
