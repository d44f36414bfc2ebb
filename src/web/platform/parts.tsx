import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { QUEUE_WORDS, wordOf } from '../i18n/people-words.ts';
import { count, duration } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { When } from '../kit/when.tsx';
import { bytes } from './bytes.ts';
import { compareWarehouse, rebuildWarehouse } from './system-api.ts';
import type { CheckName, SystemState } from '../../model/system-state.ts';

type Fact = readonly [name: string, value: ReactNode];

/** One part of the machine: its name, whether it is well, and its figures. */
function Part({
  title,
  checks,
  state,
  facts,
  children,
}: {
  readonly title: string;
  readonly checks: readonly CheckName[];
  readonly state: SystemState;
  readonly facts: readonly Fact[];
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const broken = checks.filter((name) => !state.health.checks[name].ok);
  return (
    <section className="panel part" aria-label={title}>
      <div className="part-head">
        <h2>{title}</h2>
        {checks.length === 0 ? null : (
          <span className={`state ${broken.length === 0 ? 'full' : 'needs full'}`}>
            {t(broken.length === 0 ? 'system.ok' : 'system.broken')}
          </span>
        )}
      </div>
      {broken.map((name) => (
        <p key={name} className="faint">
          {t(`system.check.${name}`)}: {state.health.checks[name].detail}
        </p>
      ))}
      <dl className="pairs">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  );
}

interface OfState {
  readonly state: SystemState;
}

export function PostgresPart({ state }: OfState) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { postgres, about } = state;
  const facts: readonly Fact[] =
    postgres === null
      ? []
      : [
          [t('system.version'), `${postgres.version} · ${t(`system.database.${about.database}`)}`],
          [t('system.size'), bytes(postgres.bytes, locale)],
          [t('system.connections'), `${postgres.connections} / ${postgres.max_connections}`],
          [
            t('system.oldest'),
            postgres.oldest_transaction_seconds < 1
              ? t('system.none')
              : t('system.seconds', { count: Math.round(postgres.oldest_transaction_seconds) }),
          ],
          [t('system.skew'), postgres.clock_skew_ms === 0 ? t('system.none') : t('system.ms', { count: postgres.clock_skew_ms })],
        ];
  return <Part title={t('system.postgres')} checks={['postgres', 'migrations']} state={state} facts={facts} />;
}

export function WarehousePart({ state }: OfState) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { warehouse } = state;
  const parity = warehouse?.parity ?? null;
  const facts: readonly Fact[] =
    warehouse === null
      ? []
      : [
          [t('system.rows'), count(warehouse.rows, locale)],
          [t('system.asOf'), <When key="at" at={warehouse.as_of} />],
          [t('system.lag'), warehouse.lag_seconds === null ? '–' : t('system.seconds', { count: warehouse.lag_seconds })],
          [
            t('system.parity'),
            parity === null ? (
              t('system.parityNever')
            ) : (
              <span key="p">
                <When at={parity.at} /> ·{' '}
                {parity.ok
                  ? t('system.parityOk', { voices: count(parity.voices, locale) })
                  : t('system.parityBad', { count: parity.differences })}
              </span>
            ),
          ],
        ];
  return (
    <Part title={t('system.warehouse')} checks={['warehouse']} state={state} facts={facts}>
      <WarehouseKeys rows={warehouse?.rows ?? 0} />
    </Part>
  );
}

function WarehouseKeys({ rows }: { readonly rows: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () => cache.invalidateQueries({ queryKey: ['system'] });
  const compare = useOnce({ mutationFn: compareWarehouse, onSettled: refresh });
  const rebuild = useOnce({ mutationFn: rebuildWarehouse, onSuccess: () => setAsking(false), onSettled: refresh });
  const error = compare.error ?? rebuild.error;
  return (
    <>
      <div className="row">
        <Button size="small" loading={compare.isPending} onClick={() => compare.mutate()}>
          {t('system.parityNow')}
        </Button>
        <Button size="small" onClick={() => setAsking(true)}>
          {t('system.rebuild')}
        </Button>
      </div>
      {rebuild.isSuccess ? (
        <span className="faint" role="status">
          {t('system.rebuildQueued')}
        </span>
      ) : null}
      {error === null ? null : <ProblemView error={error} />}
      <Modal
        open={asking}
        title={t('system.rebuildTitle')}
        okText={t('system.rebuild')}
        cancelText={t('common.cancel')}
        okButtonProps={{ loading: rebuild.isPending }}
        onOk={() => rebuild.mutate()}
        onCancel={() => setAsking(false)}
      >
        <p className="quiet">{t('system.rebuildHelp', { rows: count(rows, locale) })}</p>
      </Modal>
    </>
  );
}

export function QueuePart({ state }: OfState) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { queue } = state;
  const waiting = Object.entries(queue?.depth ?? {}).filter(([, n]) => n > 0);
  const facts: readonly Fact[] =
    queue === null
      ? []
      : [
          ...(waiting.length === 0
            ? ([[t('system.waiting'), 0]] as const)
            : waiting.map(([name, n]): Fact => [wordOf(QUEUE_WORDS, name, locale), count(n, locale)])),
          [
            t('system.oldestJob'),
            queue.oldest_seconds === null ? t('system.none') : t('system.seconds', { count: Math.round(queue.oldest_seconds) }),
          ],
          [t('system.beat'), queue.beat_seconds === null ? '–' : t('system.ago', { count: Math.round(queue.beat_seconds) })],
          [t('system.dead'), queue.dead.length === 0 ? t('system.none') : queue.dead.length],
        ];
  return <Part title={t('system.queue')} checks={['queue', 'ticks']} state={state} facts={facts} />;
}

export function MachinePart({ state }: OfState) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { process, version } = state.about;
  const { disk, backup } = state;
  const backedUp =
    backup === null
      ? undefined
      : ['finished_at', 'made_at', 'at', 'created_at'].map((name) => backup[name]).find((at) => typeof at === 'string');
  const facts: readonly Fact[] = [
    ...(disk === null
      ? []
      : ([
          [
            t('system.disk'),
            `${t('system.of', { free: bytes(disk.free_bytes, locale), total: bytes(disk.total_bytes, locale) })} · ${t(`system.diskStates.${disk.state}`)}`,
          ],
        ] as const)),
    [t('system.memory'), bytes(process.memory.rss_bytes, locale)],
    [
      t('system.machineMemory'),
      t('system.of', { free: bytes(process.memory.machine_free_bytes, locale), total: bytes(process.memory.machine_bytes, locale) }),
    ],
    [t('system.loop'), `${Math.round(process.loop.p99_ms)} / ${t('system.ms', { count: Math.round(process.loop.max_ms) })}`],
    [t('system.uptime'), duration(process.uptime_seconds / 60, locale)],
    [t('system.version'), `${version} · Node ${process.node.replace('v', '')}`],
    ...(backedUp === undefined ? [] : ([[t('system.backup'), <When key="b" at={String(backedUp)} />]] as const)),
  ];
  return <Part title={t('system.machine')} checks={['disk']} state={state} facts={facts} />;
}

export function MailPart({ state }: OfState) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { mail } = state;
  const facts: readonly Fact[] =
    mail === null
      ? []
      : [
          [t('system.mailDelivered'), count(mail.delivered, locale)],
          [t('system.mailWaiting'), count(mail.waiting, locale)],
          [t('system.mailFailed'), count(mail.failed, locale)],
          [t('system.mailSuppressed'), count(mail.suppressed, locale)],
        ];
  return (
    <Part title={t('system.mail')} checks={[]} state={state} facts={facts}>
      {mail?.configured === false ? <span className="faint">{t('system.mailOff')}</span> : null}
    </Part>
  );
}

export function ReaderPart({ state }: OfState) {
  const { t } = useTranslation();
  const { reader } = state;
  const facts: readonly Fact[] =
    reader === null
      ? []
      : [
          [t('system.readerVersion'), reader.version],
          [t('system.readerPack'), t('system.readerLeaves', { pack: reader.pack, version: reader.pack_version, count: reader.leaves })],
          [t('system.readerTrained'), reader.trained_at === null ? t('system.readerDefault') : <When key="w" at={reader.trained_at} />],
        ];
  return <Part title={t('system.reader')} checks={[]} state={state} facts={facts} />;
}
