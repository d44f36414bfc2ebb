import { useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { drawSample } from './floor-calls.ts';

const DAY_MS = 86_400_000;

/** Draws voices for second coding: the same seed over the same voices draws the same ones. */
export function DrawSample() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const id = useId();
  const [draw, setDraw] = useState({ size: 200, days: 30, seed: 1 });
  const start = useOnce({
    mutationFn: ({ size, days, seed }: typeof draw) => {
      const now = Date.now();
      return drawSample({ from: new Date(now - days * DAY_MS).toISOString(), before: new Date(now).toISOString(), size, seed });
    },
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['agreement'] }),
  });
  const nothing = start.error instanceof ApiProblem && start.error.problems.some((one) => one.code === 'value-unknown');
  return (
    <section className="panel pad stack">
      <h2>{t('agreement.draw')}</h2>
      <p className="faint">{t('agreement.drawHelp', { days: draw.days })}</p>
      <div className="row">
        {(['size', 'days', 'seed'] as const).map((name) => (
          <span key={name} className="field">
            <label htmlFor={`${id}-${name}`}>{t(`agreement.${name}`)}</label>
            <InputNumber
              id={`${id}-${name}`}
              min={1}
              max={name === 'size' ? 2000 : name === 'days' ? 730 : 1_000_000}
              value={draw[name]}
              onChange={(value) => setDraw((old) => ({ ...old, [name]: value ?? old[name] }))}
            />
          </span>
        ))}
      </div>
      <div className="row">
        <Button loading={start.isPending} onClick={() => start.mutate(draw)}>
          {t('agreement.draw')}
        </Button>
        <span role="status">{start.data === undefined ? '' : t('agreement.drawn', { count: start.data.size })}</span>
      </div>
      {start.error === null ? null : nothing ? <p className="note warn">{t('agreement.drawNone')}</p> : <ProblemView error={start.error} />}
    </section>
  );
}
