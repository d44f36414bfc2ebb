import { Button, Drawer, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceDetail } from '../../../model/satisfaction.ts';
import { useNameOf } from '../../kit/locale.ts';
import { ProblemView } from '../../kit/problem-view.tsx';
import { usePoints } from './figures.tsx';
import { useDecide } from './point-match.tsx';
import { StudyPart } from './study-part.tsx';

/** Weights by a person instead of learned ones; they add up to 1, and the reason is kept. */
export function WeightsForm({ detail, onClose }: { readonly detail: ServiceDetail; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const points = usePoints();
  const save = useDecide();
  const [weights, change] = useState<Readonly<Record<string, number>>>(() =>
    Object.fromEntries(detail.points.map((point) => [point.category, Math.round(100 * point.weight) / 100])),
  );
  const [reason, say] = useState('');
  const sum = Object.values(weights).reduce((all, weight) => all + weight, 0);
  const send = (given: Readonly<Record<string, number>> | null): void =>
    save.mutate(
      {
        decision: { kind: 'weights', subject: detail.service.code, weights: given, reason: reason.trim() },
        version: detail.weights_version,
      },
      { onSuccess: onClose },
    );
  const ready = reason.trim() !== '';
  const footer = (
    <div className="row">
      <Button type="primary" loading={save.isPending} disabled={!ready || Math.abs(sum - 1) > 0.005} onClick={() => send(weights)}>
        {t('common.save')}
      </Button>
      {detail.weights_from === 'set' ? (
        <Button disabled={!ready} onClick={() => send(null)}>
          {t('satisfaction.learnAgain')}
        </Button>
      ) : null}
      <Button onClick={onClose}>{t('common.cancel')}</Button>
    </div>
  );
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('satisfaction.setWeights')}
      size={520}
      footer={footer}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <div className="stack wide weights-form">
        <p className="quiet">{t('satisfaction.weightsHelp')}</p>
        {detail.points.map((point) => (
          <label key={point.category}>
            {nameOf(point.names)}
            <InputNumber
              min={0}
              max={1}
              step={0.01}
              value={weights[point.category] ?? 0}
              onChange={(value) => change({ ...weights, [point.category]: value ?? 0 })}
            />
          </label>
        ))}
        <p role="status">{t('satisfaction.weightsSum', { sum: points(sum, 2) })}</p>
        <label style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
          {t('satisfaction.weightsReason')}
          <Input value={reason} maxLength={500} onChange={(e) => say(e.target.value)} />
        </label>
        <StudyPart study={detail.study} />
        {save.error === null ? null : <ProblemView error={save.error} />}
      </div>
    </Drawer>
  );
}
