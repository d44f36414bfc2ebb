import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActionEffect, ActionTopic } from '../../../model/complaint-odds.ts';
import { count, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useActionName, usePoints, useTopicName } from './odds-words.tsx';

/** An association, unless an experiment stands behind it: then its own difference, and the way to it. */
export function Ground({ of }: { readonly of: ActionEffect }) {
  const { t } = useTranslation();
  const points = usePoints();
  if (of.verdict !== 'lowers' && of.verdict !== 'raises') return null;
  if (of.trial === undefined) return <span className="faint">{t('odds.ground.association')}</span>;
  const { id, effect, low, high } = of.trial;
  return (
    <Link to={`/experiments/${id}`}>
      {t('odds.ground.experiment')} {t('odds.interval', { p: points(effect), low: points(low), high: points(high) })}
    </Link>
  );
}

/** Whether fewer complaints followed an action, like compared with like; what helps stands first, what is not clear is said to be so. */
export function HelpsPart({ helps }: { readonly helps: readonly ActionEffect[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = usePoints();
  const nameOf = useActionName();
  const sorted = helps.toSorted((a, b) => a.effect - b.effect);
  return (
    <section className="panel pad stack">
      <h2>{t('odds.helpsTitle')}</h2>
      {helps.length === 0 ? <p className="quiet">{t('odds.helpsNone')}</p> : null}
      {helps.length === 0 ? null : (
        <div className="scroller">
          <table className="table numbers">
            <thead>
              <tr>
                <th scope="col">{t('odds.action')}</th>
                <th scope="col">{t('odds.result')}</th>
                <th scope="col" className="number">
                  {t('odds.adjusted')}
                </th>
                <th scope="col" className="number">
                  {t('odds.raw')}
                </th>
                <th scope="col" className="number">
                  {t('odds.treated')}
                </th>
                <th scope="col" className="number">
                  {t('odds.overlap')}
                </th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((one) => (
                <tr key={one.kind}>
                  <th scope="row">{nameOf(one.kind)}</th>
                  <td>
                    {t(`odds.helpVerdict.${one.verdict}`)} <Ground of={one} />
                    {one.topics === undefined ? null : <ByTopic topics={one.topics} />}
                  </td>
                  <td className="number">
                    {one.verdict === 'too-few' || one.verdict === 'no-overlap'
                      ? '–'
                      : t('odds.interval', { p: points(one.effect), low: points(one.low), high: points(one.high) })}
                  </td>
                  <td className="number">{points(one.raw)}</td>
                  <td className="number">{count(one.treated, locale)}</td>
                  <td className="number">{percent(one.overlap, locale, 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="faint">{t('odds.helpsHelp')}</p>
    </section>
  );
}

/** Where it is done and not to everybody, and what it went with there. */
function ByTopic({ topics }: { readonly topics: readonly ActionTopic[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = usePoints();
  const topicOf = useTopicName();
  const done = topics.filter(({ verdict }) => verdict !== 'no-overlap').toSorted((a, b) => b.treated - a.treated);
  const words = t('odds.topics', { done: count(done.length, locale), all: count(topics.length, locale) });
  if (done.length === 0) return <div className="faint">{words}</div>;
  return (
    <details>
      <summary>{words}</summary>
      <ul className="quiet">
        {done.map((one) => (
          <li key={one.topic}>
            {t(one.verdict === 'too-few' ? 'odds.topicFew' : 'odds.topicOf', {
              topic: topicOf(one.topic),
              share: percent(one.treated / (one.treated + one.untreated), locale, 0),
              interval: t('odds.interval', { p: points(one.effect), low: points(one.low), high: points(one.high) }),
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
