import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { importStep } from '../api/calls.ts';
import type { BatchView } from '../../model/import-views.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import type { Step } from './steps.ts';

/** Back, on, or away with it: at the end of every step. */
export function WizardFoot({
  batch,
  back,
  next,
  ready = true,
  children,
}: {
  readonly batch: BatchView;
  readonly back?: Step;
  readonly next?: Step;
  readonly ready?: boolean;
  /** In the place of the plain key that leads on. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const go = useNavigate();
  const cache = useQueryClient();
  const cancel = useOnce({
    mutationFn: () => importStep(batch, 'cancel'),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }),
  });
  return (
    <div className="stack">
      <div className="wizard-foot">
        {back === undefined ? null : <Button onClick={() => void go(`?step=${back}`)}>{t('imports.back')}</Button>}
        {children ??
          (next === undefined ? null : (
            <Button type="primary" disabled={!ready} onClick={() => void go(`?step=${next}`)}>
              {t('imports.next', { step: t(`imports.step.${next}`) })}
            </Button>
          ))}
        <Button type="text" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('imports.giveUp')}
        </Button>
      </div>
      {cancel.error === null ? null : <ProblemView error={cancel.error} />}
    </div>
  );
}
