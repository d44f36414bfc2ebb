import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { searchVoices, voice } from '../api/calls.ts';
import type { VoiceRow } from '../../model/voice-views.ts';
import { Along } from '../kit/along.tsx';
import { Answered } from '../kit/answered.tsx';
import { evidenceIn } from '../kit/evidence.tsx';
import { voicesAddress } from '../kit/filters-url.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { withParams } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { Opened } from './voice-drawer.tsx';

const AT_ONCE = 30;

/** The voices behind any figure, beside the page that shows it: `evidence` in the address says which, `reading` which one is open. */
export function EvidenceDrawer() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const here = useLocation();
  const go = useNavigate();
  const text = params.get('evidence');
  const close = () => void go(withParams(params, { evidence: null, shown: null, reading: null }), { state: here.state as unknown });
  return (
    <Drawer
      open={text !== null}
      onClose={close}
      title={t('evidence.title')}
      size={620}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      {text === null ? null : <Voices text={text} />}
    </Drawer>
  );
}

function Voices({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const here = useLocation();
  const go = useNavigate();
  const where = useMemo(() => evidenceIn(text), [text]);
  const query = useInfiniteQuery({
    queryKey: ['voices', 'evidence', text],
    queryFn: ({ pageParam }) => searchVoices(where, AT_ONCE, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const reading = params.get('reading');
  const read = (id: string | null) => void go(withParams(params, { reading: id }), { state: here.state as unknown });
  if (reading !== null) return <OneVoice id={reading} ids={rows.map((row) => String(row.id))} onOpen={read} />;
  return (
    <div className="stack wide">
      <Answered query={query}>{(found) => <Compared now={found.pages[0]?.count ?? 0} shown={params.get('shown')} />}</Answered>
      <Link to={voicesAddress(where)}>{t('evidence.toPage')}</Link>
      <ul className="plain-list panel">
        {rows.map((row) => (
          <VoiceLine key={row.id} row={row} onRead={() => read(String(row.id))} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('evidence.more')}
        </Button>
      ) : null}
    </div>
  );
}

/** Whether what opens is what the figure said; where it is not, why. */
function Compared({ now, shown }: { readonly now: number; readonly shown: string | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const value = count(now, locale);
  if (shown === null) return <strong>{t('evidence.plain', { value })}</strong>;
  return Number(shown) === now ? (
    <strong>{t('evidence.same', { value })}</strong>
  ) : (
    <p className="note warn">{t('evidence.differs', { value, shown: count(Number(shown), locale) })}</p>
  );
}

function VoiceLine({ row, onRead }: { readonly row: VoiceRow; readonly onRead: () => void }) {
  const labels = useLabels();
  const place = (['city', 'district', 'community'] as const).flatMap((level) =>
    row[level] === null ? [] : [labels.value(level, row[level])],
  );
  return (
    <li className="stack" style={{ gap: 2 }}>
      <button type="button" className="open-voice clamp" onClick={onRead}>
        {row.text}
      </button>
      <span className="faint">
        <When at={row.said_at} /> · {labels.value('category', row.category)}
        {place.length === 0 ? '' : ` · ${place.join(' · ')}`}
      </span>
    </li>
  );
}

function OneVoice({
  id,
  ids,
  onOpen,
}: {
  readonly id: string;
  readonly ids: readonly string[];
  readonly onOpen: (id: string | null) => void;
}) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['voices', 'one', id], queryFn: () => voice(id) });
  return (
    <div className="stack wide">
      <div className="row between">
        <Button size="small" onClick={() => onOpen(null)}>
          {t('evidence.back')}
        </Button>
        <Along id={id} ids={ids} onOpen={onOpen} />
      </div>
      <Answered query={query}>{(found) => <Opened key={found.voice.id} voice={found.voice} />}</Answered>
    </div>
  );
}
