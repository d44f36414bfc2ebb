import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Turn } from '../../model/voice.ts';
import { revealVoice, voice } from '../api/calls.ts';
import type { RevealedVoice, VoiceWithOrders } from '../../model/voice-views.ts';
import { Along } from '../kit/along.tsx';
import { Answered } from '../kit/answered.tsx';
import { AskReason } from '../kit/ask-reason.tsx';
import { useMay } from '../kit/me.ts';
import { OrderStateMark } from '../kit/states.tsx';
import { useOnce } from '../kit/use-once.ts';
import { LevelNote } from '../predict/level-note.tsx';
import { VoiceOddsPart } from '../predict/models/voice-odds.tsx';
import { VoiceFacts, VoiceReading, VoiceRecorded } from './voice-facts.tsx';
import { Highlighted } from './highlighted.tsx';

interface VoiceDrawer {
  readonly id: string | null;
  /** The list that it was opened from: previous and next go along it. */
  readonly ids: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

export function VoiceDrawer({ id, ids, onOpen, onClose }: VoiceDrawer) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['voices', 'one', id], queryFn: () => voice(id ?? ''), enabled: id !== null });
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={t('voices.detail')}
      extra={id === null ? null : <Along id={id} ids={ids} onOpen={onOpen} />}
      size={620}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <Answered query={query}>{(found) => <Opened key={found.voice.id} voice={found.voice} />}</Answered>
    </Drawer>
  );
}

export function Opened({ voice: shown }: { readonly voice: VoiceWithOrders }) {
  const { t } = useTranslation();
  const may = useMay();
  const [revealed, setRevealed] = useState<RevealedVoice | null>(null);
  return (
    <div className="stack wide">
      {revealed === null ? null : <OriginalNote revealed={revealed} />}
      <Highlighted text={revealed?.text ?? shown.text} because={shown.because} />
      <div className="row">
        {may('voices.reveal') && revealed === null ? <Reveal id={shown.id} onRevealed={setRevealed} /> : null}
        {may('numbers.read') ? <Link to={`/handling?tab=chain&of=${shown.id}`}>{t('handling.tab.chain')}</Link> : null}
      </div>
      <VoiceOddsPart id={shown.id} kind={shown.kind} />
      <VoiceReading voice={shown} />
      {shown.recorded === null ? null : <VoiceRecorded facts={{ ...shown.recorded, ...revealed?.recorded }} />}
      <LevelNote id={shown.id} kind={shown.kind} />
      <Turns turns={revealed?.turns ?? shown.turns} />
      <OrdersAbout voice={shown} />
      <VoiceFacts voice={shown} phone={revealed?.phone ?? shown.phone} />
    </div>
  );
}

/** Work orders about this voice, for who may read orders. */
function OrdersAbout({ voice: { orders } }: { readonly voice: VoiceWithOrders }) {
  const { t } = useTranslation();
  const may = useMay();
  if (!may('orders.read')) return null;
  return (
    <section className="stack">
      <h2>{t('voices.orders')}</h2>
      {orders.length === 0 ? <p className="faint">{t('voices.ordersNone')}</p> : null}
      {orders.map((o) => (
        <div className="row between" key={o.id}>
          <Link to={`/orders/${o.id}`}>{o.title}</Link>
          <OrderStateMark state={o.state} />
        </div>
      ))}
    </section>
  );
}

function OriginalNote({ revealed }: { readonly revealed: RevealedVoice }) {
  const { t } = useTranslation();
  const parts = [
    [t('voices.name'), revealed.customer_name],
    [t('voices.phone'), revealed.phone],
    [t('voices.address'), revealed.address],
  ].filter(([, value]) => value !== null && value !== undefined);
  return (
    <div className="note warn">
      {t('voices.revealed')}
      <dl className="facts" style={{ marginTop: 8 }}>
        {parts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Reveal({ id, onRevealed }: { readonly id: number; readonly onRevealed: (revealed: RevealedVoice) => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const reveal = useOnce({
    mutationFn: (reason: string) => revealVoice(id, reason),
    onSuccess: (original) => {
      setAsking(false);
      onRevealed(original);
    },
  });
  return (
    <div>
      <Button
        onClick={() => {
          reveal.reset();
          setAsking(true);
        }}
      >
        {t('voices.reveal')}
      </Button>
      <AskReason
        open={asking}
        title={t('voices.reveal')}
        help={t('voices.revealHelp')}
        submit={t('voices.reveal')}
        busy={reveal.isPending}
        error={reveal.error}
        onSubmit={reveal.mutate}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

function Turns({ turns }: { readonly turns: readonly Turn[] | null }) {
  const { t } = useTranslation();
  if (turns === null || turns.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('voices.turns')}</h2>
      {turns.map((turn, i) => (
        <div className="turn" key={i}>
          <span className="faint">{t(`voices.speaker.${turn.speaker}`)}</span>
          <span className="said">{turn.text}</span>
        </div>
      ))}
    </section>
  );
}
