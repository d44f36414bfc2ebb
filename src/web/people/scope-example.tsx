import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answered } from '../kit/answered.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { When } from '../kit/when.tsx';
import { memberSees } from './people-api.ts';
import type { SeenPlace, Sees } from '../../model/account.ts';

/** A data scope told by example: how many voices, where, and some that are seen and some that are not, each with its reason. */
export function ScopeExample({ member, reads }: { readonly member: string | null; readonly reads: boolean }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['sees', member], queryFn: () => memberSees(member), enabled: reads });
  return (
    <section className="stack">
      <h3>{t(member === null ? 'sees.ownTitle' : 'sees.title')}</h3>
      {reads ? (
        <Answered query={query} rows={3}>
          {(sees) => <Told sees={sees} own={member === null} />}
        </Answered>
      ) : (
        <p className="note">{t('sees.noVoices')}</p>
      )}
    </section>
  );
}

function Told({ sees, own }: { readonly sees: Sees; readonly own: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { seen, hidden } = sees;
  const total = seen.voices + hidden.voices;
  const districts = seen.places.filter((place) => place.code !== null).length;
  const key = total === 0 ? 'nothing' : own ? 'own' : seen.voices === 0 ? 'none' : hidden.voices === 0 ? 'all' : 'words';
  const values = { days: sees.days, seen: count(seen.voices, locale), hidden: count(hidden.voices, locale), places: districts };
  return (
    <div className="stack wide">
      <p>{t(`sees.${key}`, values)}</p>
      {total === 0 || own ? null : (
        <div className="share-bar" aria-hidden="true">
          <i style={{ width: `${(100 * seen.voices) / total}%` }} />
        </div>
      )}
      {key === 'words' ? (
        <>
          <Places verdict={t('sees.yes')} places={seen.places} />
          <Places verdict={t('sees.no')} places={hidden.places} />
        </>
      ) : null}
      {sees.beyond ? <p className="note">{t('sees.beyond')}</p> : null}
      <Examples sees={sees} />
    </div>
  );
}

const NAMED = 4;

function Places({ verdict, places }: { readonly verdict: string; readonly places: readonly SeenPlace[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = places.slice(0, NAMED).map((place) => `${place.names?.[locale] ?? t('sees.unknownPlace')} ${count(place.voices, locale)}`);
  const rest = places.length - NAMED;
  return (
    <p className="quiet">
      <strong>{verdict}</strong> {words.join(locale === 'zh' ? '、' : ', ')}
      {rest > 0 ? ` ${t('sees.more', { count: rest })}` : ''}
    </p>
  );
}

function Examples({ sees }: { readonly sees: Sees }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  return (
    <ul className="spaced-list examples">
      {sees.examples.map((example) => (
        <li key={example.id}>
          <span className={`verdict ${example.seen ? '' : 'no'}`}>
            {example.seen ? '✓ ' : '✕ '}
            {t(example.seen ? 'sees.yes' : 'sees.no')}
          </span>
          <span>
            {may('voices.read') ? (
              <Link to={`/voices?voice=${example.id}`}>{t('sees.voice', { id: example.id })}</Link>
            ) : (
              t('sees.voice', { id: example.id })
            )}{' '}
            · {example.place?.[locale] ?? t('sees.unknownPlace')} · <When at={example.said_at} />
            <br />
            <span className="faint">{t('sees.because', { why: example.why[locale] })}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
