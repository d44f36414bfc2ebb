import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ActionEffect, VoiceHandling } from '../../../model/complaint-odds.ts';
import { Answered } from '../../kit/answered.tsx';
import { fullMoment } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useOnce } from '../../kit/use-once.ts';
import { recordHandling, voiceHandling } from './calls.ts';
import { Ground } from './helps-part.tsx';
import { usePoints, useTopicName } from './odds-words.tsx';

/** In the drawer of a grievance: what was done, what can be noted down, and what went with fewer complaints. */
export function HandlingPart({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['handling', id], queryFn: () => voiceHandling(id) });
  return (
    <section className="stack">
      <h2>{t('odds.handling')}</h2>
      <Answered query={query} rows={2}>
        {(handling) => <Done id={id} handling={handling} />}
      </Answered>
    </section>
  );
}

function Done({ id, handling }: { readonly id: number; readonly handling: VoiceHandling }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const client = useQueryClient();
  const record = useOnce({
    mutationFn: (kind: string) => recordHandling(id, kind),
    onSuccess: () => client.invalidateQueries({ queryKey: ['handling', id] }),
  });
  const { actions, kinds, helps } = handling;
  const nameOf = (kind: string): string => kinds.find((one) => one.kind === kind)?.names[locale] ?? kind;
  return (
    <>
      {actions.length === 0 ? <p className="faint">{t('odds.handlingNone')}</p> : null}
      {actions.map((one) => (
        <div className="row between" key={one.id}>
          <span>{nameOf(one.kind)}</span>
          <span className="faint">{fullMoment(one.at, locale)}</span>
        </div>
      ))}
      {helps.map((help) => (
        <p className="note" key={help.kind}>
          <Help help={help} name={nameOf(help.kind)} />
        </p>
      ))}
      {may('orders.work') ? (
        <div className="row" style={{ flexWrap: 'wrap' }} role="group" aria-label={t('odds.handlingNote')}>
          {kinds.map(({ kind }) => (
            <Button key={kind} size="small" disabled={record.isPending} onClick={() => record.mutate(kind)}>
              {nameOf(kind)}
            </Button>
          ))}
        </div>
      ) : null}
      {record.error === null ? null : <ProblemView error={record.error} />}
    </>
  );
}

/** How many fewer were complained about after an action, and what that rests on. */
export function Help({ help, name }: { readonly help: ActionEffect; readonly name: string }) {
  const { t } = useTranslation();
  const points = usePoints();
  const topicOf = useTopicName();
  const figures = { name, effect: points(-help.effect), low: points(-help.high), high: points(-help.low) };
  return (
    <>
      {help.topic === undefined ? t('odds.helps', figures) : t('odds.helpsOf', { ...figures, topic: topicOf(help.topic) })}{' '}
      <Ground of={help} />
    </>
  );
}
