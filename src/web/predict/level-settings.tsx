import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { INDICATORS, type LevelSettings, type LevelsView } from '../../model/levels.ts';
import { useMay } from '../kit/me.ts';
import { NewerVersion } from '../kit/newer-version.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { useVersionedDraft } from '../kit/versioned-draft.ts';
import { LevelBars } from './level-bars.tsx';
import { previewLevels, saveLevels } from './levels-calls.ts';
import { sumOf } from './settings-changes.ts';

/** The distribution follows the settings as they are typed; nothing counts until it is saved as a version. */
export function LevelSettingsForm({ found }: { readonly found: LevelsView }) {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const form = useVersionedDraft<LevelSettings>(found.current);
  const { draft, change: setDraft, seen } = form;
  const [note, setNote] = useState('');
  const asked = useDeferredValue(draft);
  const isTried = JSON.stringify(asked) !== JSON.stringify(found.current.settings);
  const preview = useQuery({
    queryKey: ['levels', 'preview', asked],
    queryFn: () => previewLevels(asked),
    placeholderData: keepPreviousData,
    enabled: isTried,
  });
  // Settings that stand again have no preview; the one of what was dropped would be kept for them.
  const shown = (isTried ? preview.data : undefined) ?? found.distribution;
  const save = useOnce({
    mutationFn: (settings: LevelSettings) => saveLevels(settings, seen, note.trim() === '' ? null : note.trim()),
    onSuccess: ({ version }, settings) => {
      form.saved({ version, settings });
      setNote('');
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: ['levels'] }),
  });
  const names = useFieldNames();
  return (
    <>
      <LevelBars distribution={shown} wanted={draft.shares} standing={found.standing} />
      <section className="panel pad stack wide" aria-label={t('levels.settings')}>
        <h2>{t('levels.settings')}</h2>
        <NewerVersion form={form} />
        {[save.error, preview.error].map((error, i) => (error === null ? null : <ProblemView key={i} error={error} names={names} />))}
        <Numbers
          title={t('levels.weights')}
          labels={INDICATORS.map((name) => t(`levels.indicator.${name}`))}
          values={INDICATORS.map((name) => draft.weights[name])}
          step={0.5}
          onChange={(values) =>
            setDraft({
              ...draft,
              weights: Object.fromEntries(INDICATORS.map((name, i) => [name, values[i] ?? 0])) as LevelSettings['weights'],
            })
          }
        />
        <h3>{t('levels.scales')}</h3>
        <Numbers
          title={t('levels.hours')}
          labels={['2', '3', '4', '5']}
          values={draft.scales.duration}
          step={1}
          onChange={(duration) => setDraft({ ...draft, scales: { ...draft.scales, duration } })}
        />
        <Numbers
          title={t('levels.ratio')}
          labels={['2', '3', '4', '5']}
          values={draft.scales.association}
          step={0.05}
          onChange={(association) => setDraft({ ...draft, scales: { ...draft.scales, association } })}
        />
        <Numbers
          title={t('levels.shares')}
          labels={['1', '2', '3', '4', '5']}
          values={draft.shares}
          step={0.5}
          onChange={(shares) => setDraft({ ...draft, shares })}
        />
        <span className={sumOf(draft.shares) === 100 ? 'faint' : 'state needs'}>{t('levels.sum', { sum: sumOf(draft.shares) })}</span>
        <Numbers
          title={t('levels.cuts')}
          labels={['2', '3', '4', '5']}
          values={draft.cuts}
          step={0.01}
          onChange={(cuts) => setDraft({ ...draft, cuts })}
        />
        <div className="row">
          <Button onClick={() => setDraft({ ...draft, cuts: shown.fitting })}>{t('levels.fit')}</Button>
        </div>
        {may('levels.write') ? (
          <div className="row">
            <Input
              aria-label={t('levels.note')}
              placeholder={t('levels.note')}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              style={{ maxWidth: 360 }}
            />
            <Button type="primary" loading={save.isPending} onClick={() => save.mutate(draft)}>
              {t('levels.save')}
            </Button>
            <span role="status">{save.data === undefined || form.isChanged ? '' : t('levels.saved', { version: save.data.version })}</span>
          </div>
        ) : (
          <p className="faint">{t('levels.readonly')}</p>
        )}
      </section>
    </>
  );
}

function Numbers({
  title,
  labels,
  values,
  step,
  onChange,
}: {
  readonly title: string;
  readonly labels: readonly string[];
  readonly values: readonly number[];
  readonly step: number;
  readonly onChange: (values: readonly number[]) => void;
}) {
  const id = useId();
  return (
    <fieldset className="numbers-line">
      <legend>{title}</legend>
      {labels.map((label, i) => (
        <span key={label} className="row">
          <label htmlFor={`${id}-${i}`}>{label}</label>
          <input
            id={`${id}-${i}`}
            type="number"
            step={step}
            min={0}
            className="date-input"
            value={values[i] ?? 0}
            onChange={(event) => onChange(values.map((value, at) => (at === i ? Number(event.target.value) : value)))}
          />
        </span>
      ))}
    </fieldset>
  );
}

function useFieldNames(): Readonly<Record<string, string>> {
  const { t } = useTranslation();
  const names: Record<string, string> = { weights: t('levels.weights'), shares: t('levels.shares'), cuts: t('levels.cuts') };
  for (const name of INDICATORS) names[`weights.${name}`] = t(`levels.indicator.${name}`);
  for (const at of [2, 3, 4, 5]) {
    names[`scales.duration.${at}`] = `${t('levels.hours')} ${at}`;
    names[`scales.association.${at}`] = `${t('levels.ratio')} ${at}`;
    names[`cuts.${at}`] = `${t('levels.cuts')} ${at}`;
  }
  for (const at of [1, 2, 3, 4, 5]) names[`shares.${at}`] = `${t('levels.shares')} ${at}`;
  return names;
}
