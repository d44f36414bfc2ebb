import { useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PointView, ServiceDetail } from '../../../model/satisfaction.ts';
import { percent } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useOnce } from '../../kit/use-once.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { decide, type Decision } from './calls.ts';

export function useDecide() {
  const cache = useQueryClient();
  return useOnce({
    mutationFn: ({ decision, version }: { readonly decision: Decision; readonly version: number }) => decide(decision, version),
    onSettled: () => cache.invalidateQueries({ queryKey: ['satisfaction'] }),
  });
}

const NOBODY = '';

/** The survey item that asks about a point, why, and what a person may say about that; else the question that would ask. */
export function PointMatchCell({ point, choices }: { readonly point: PointView; readonly choices: ServiceDetail['choices'] }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const may = useMay();
  const save = useDecide();
  const { match, category } = point;
  const decideMatch = (item: string | null): void =>
    save.mutate({ decision: { kind: 'match', subject: category, item }, version: match?.version ?? 0 });
  const asked = match?.names ?? null;
  const name = asked === null ? t('satisfaction.noItem') : nameOf(asked);
  return (
    <div className="stack" style={{ gap: 4 }}>
      <div className="row" style={{ gap: '4px 12px' }}>
        <span>{name}</span>
        {may('rules.write') && match?.state === 'found' ? (
          <Button size="small" loading={save.isPending} onClick={() => decideMatch(match.item)}>
            {t('satisfaction.confirm')}
          </Button>
        ) : null}
        {may('rules.write') ? (
          <Select
            size="small"
            style={{ minWidth: 168 }}
            aria-label={`${t('satisfaction.choose')} ${nameOf(point.names)}`}
            value={match?.item ?? NOBODY}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: NOBODY, label: t('satisfaction.noItem') },
              ...choices.map((one) => ({ value: one.code, label: nameOf(one.names) })),
            ]}
            onChange={(item: string) => decideMatch(item === NOBODY ? null : item)}
          />
        ) : null}
      </div>
      <Why match={match} />
      <Proposal point={point} />
      {save.error === null ? null : <ProblemView error={save.error} />}
    </div>
  );
}

const levelOf = (path: string): string => ['category_1', 'category_2', 'category'][path.split('/').length - 1] ?? 'category';

function Why({ match }: { readonly match: PointView['match'] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  if (match === null) return null;
  const parts = [
    match.state === 'confirmed' ? t('satisfaction.matchConfirmed') : null,
    match.state === 'chosen' ? t('satisfaction.matchChosen') : null,
    match.state === 'found' ? t('satisfaction.matchFound', { score: percent(match.score, locale, 0) }) : null,
    match.path === null ? null : t('satisfaction.matchPath', { path: labels.value(levelOf(match.path), match.path) }),
    match.words.length === 0 ? null : t('satisfaction.matchWords', { words: match.words.join(t('satisfaction.separator')) }),
  ];
  return <span className="why">{parts.filter((part) => part !== null).join(' · ')}</span>;
}

function Proposal({ point: { category, proposal } }: { readonly point: PointView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const save = useDecide();
  if (proposal === null) return null;
  const say = (state: 'kept' | 'dropped'): void =>
    save.mutate({ decision: { kind: 'question', subject: category, state, question: proposal.question }, version: proposal.version });
  return (
    <div className="stack" style={{ gap: 4 }}>
      <span>{t('satisfaction.proposalOf', { question: proposal.question[locale] })}</span>
      <div className="row">
        {proposal.state === 'open' ? null : <span className="faint">{t(`satisfaction.${proposal.state}`)}</span>}
        {may('rules.write') && proposal.state !== 'kept' ? (
          <Button size="small" onClick={() => say('kept')}>
            {t('satisfaction.keep')}
          </Button>
        ) : null}
        {may('rules.write') && proposal.state !== 'dropped' ? (
          <Button size="small" onClick={() => say('dropped')}>
            {t('satisfaction.drop')}
          </Button>
        ) : null}
      </div>
      {save.error === null ? null : <ProblemView error={save.error} />}
    </div>
  );
}
