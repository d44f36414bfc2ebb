import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CallDetail } from '../../../model/peaks.ts';
import { Answered } from '../../kit/answered.tsx';
import { percent } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useParam } from '../../kit/url-state.ts';
import { useOnce } from '../../kit/use-once.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { oneCall, releaseCall, takeCall } from './calls.ts';
import { OutcomeForm } from './outcome-form.tsx';

/** One customer: why they stand above the line, what to say, and the steps of the call. */
export function CallDrawer() {
  const { t } = useTranslation();
  const [id, open] = useParam('call');
  const query = useQuery({ queryKey: ['peak-call', id], queryFn: () => oneCall(id ?? ''), enabled: id !== null, retry: false });
  return (
    <Drawer
      open={id !== null}
      onClose={() => open(null)}
      title={query.data === undefined ? t('peaks.tab.calls') : t('peaks.call', { customer: query.data.customer })}
      size={620}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <Answered query={query}>
        {(call) => (
          <div className="stack wide">
            <Why call={call} />
            <Script call={call} />
            <Steps call={call} onDone={() => open(null)} />
          </div>
        )}
      </Answered>
    </Drawer>
  );
}

function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, said]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}

function Why({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  return (
    <Facts
      rows={[
        [
          t('peaks.why'),
          `${labels.value('category', call.category)}${call.level === null ? '' : ` · ${t('peaks.level', { level: call.level })}`}`,
        ],
        [
          t('peaks.voice'),
          <Link key="voice" to={`/voices?period=all&voice=${call.voice}`}>
            {call.text}
          </Link>,
        ],
        [
          t('peaks.odds'),
          // What is known of the cause alone has no interval for this customer.
          call.p_from === 'cause'
            ? `${percent(call.p, locale)} · ${t('peaks.byCause')}`
            : `${percent(call.p, locale)} (${percent(call.p_low, locale)} – ${percent(call.p_high, locale)})`,
        ],
      ]}
    />
  );
}

function Script({ call: { script } }: { readonly call: CallDetail }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('peaks.opening'), nameOf(script.opening)],
    ...(script.explanation === null ? [] : [[t('peaks.explanation'), nameOf(script.explanation)] as const]),
    ...(script.expectation === null
      ? []
      : [[t('peaks.expectation'), `${nameOf(script.expectation.expectation)} → ${nameOf(script.expectation.solution)}`] as const]),
    ...(script.strategy === null && script.tried === null ? [] : [[t('peaks.strategy'), <Offer key="offer" script={script} />] as const]),
  ];
  return (
    <section className="stack" aria-label={t('peaks.script')}>
      <h3>{t('peaks.script')}</h3>
      <Facts rows={rows} />
    </section>
  );
}

/** Where an experiment tries another offer on this customer, that one alone: both arms would be treated alike otherwise. */
function Offer({ script: { strategy, tried } }: { readonly script: CallDetail['script'] }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  return (
    <>
      {tried?.offer ?? (strategy === null ? t('handling.triedAsAlways') : nameOf(strategy.offer))}
      {tried === null ? null : (
        <>
          {' '}
          <Link className="faint" to={`/experiments/${tried.experiment.id}`}>
            {t('handling.triedArm', { experiment: tried.experiment.name, arm: tried.arm })}
          </Link>
        </>
      )}
    </>
  );
}

function Steps({ call, onDone }: { readonly call: CallDetail; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const again = () =>
    Promise.all(['peak-calls', 'peak-call', 'peaks', 'specialists'].map((name) => cache.invalidateQueries({ queryKey: [name] })));
  const take = useOnce({ mutationFn: () => takeCall(call), onSettled: again });
  const release = useOnce({ mutationFn: () => releaseCall(call), onSettled: again });
  const error = take.error ?? release.error;
  const refused = error === null ? null : <ProblemView error={error} />;
  if (call.state === 'done' && call.outcome !== null) return <Said call={call} />;
  if (!may('peaks.call')) return <p className="faint">{t('peaks.notYours')}</p>;
  if (call.state === 'waiting')
    return (
      <div className="stack">
        {refused}
        <div className="row">
          <Button type="primary" autoFocus loading={take.isPending} onClick={() => take.mutate()}>
            {t('peaks.take')}
          </Button>
          <span className="faint">{t('peaks.notYours')}</span>
        </div>
      </div>
    );
  if (call.state !== 'taken' || call.specialist?.mine !== true) return <p className="faint">{t(`peaks.state.${call.state}`)}</p>;
  return (
    <>
      {refused}
      <OutcomeForm call={call} onDone={() => void again().then(onDone)}>
        <Button loading={release.isPending} onClick={() => release.mutate()}>
          {t('peaks.release')}
        </Button>
      </OutcomeForm>
    </>
  );
}

function Said({ call: { outcome } }: { readonly call: CallDetail }) {
  const { t } = useTranslation();
  if (outcome === null) return null;
  const { reached, attitude, solved, promise, note } = outcome;
  return (
    <Facts
      rows={[
        [t('peaks.record'), t(reached ? 'peaks.reached' : 'peaks.notReached')],
        ...(attitude === null ? [] : [[t('peaks.attitude'), t(`peaks.attitudes.${attitude}`)] as const]),
        ...(solved === null ? [] : [[t('peaks.solved'), t(`peaks.solveds.${solved}`)] as const]),
        ...(promise === '' ? [] : [[t('peaks.promise'), promise] as const]),
        ...(note === '' ? [] : [[t('peaks.note'), note] as const]),
      ]}
    />
  );
}
