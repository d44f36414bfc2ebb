import { useTranslation } from 'react-i18next';
import { QUEUE_WORDS, wordOf } from '../i18n/people-words.ts';
import { useLocale } from '../kit/locale.ts';
import type { Tick } from '../../model/system-state.ts';

/** Work that goes by itself, the longest silent first. */
export function Ticks({ rows }: { readonly rows: readonly Tick[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section className="block">
      <h2>{t('system.ticks')}</h2>
      <div className="panel scroller">
        {rows.length === 0 ? (
          <p className="pad quiet">{t('system.noTicks')}</p>
        ) : (
          <table className="table cards">
            <thead>
              <tr>
                <th scope="col">{t('system.tick')}</th>
                <th scope="col" className="number">
                  {t('system.every')}
                </th>
                <th scope="col" className="number">
                  {t('system.lastRun')}
                </th>
                <th scope="col">{t('organisation.state')}</th>
              </tr>
            </thead>
            <tbody>
              {rows
                .toSorted((a, b) => b.silent_seconds / b.every_seconds - a.silent_seconds / a.every_seconds)
                .map((tick) => (
                  <tr key={tick.queue}>
                    <td>
                      {wordOf(QUEUE_WORDS, tick.queue, locale)} <span className="faint">{tick.queue}</span>
                    </td>
                    <td className="number" data-label={t('system.every')}>
                      {t('system.seconds', { count: tick.every_seconds })}
                    </td>
                    <td className="number" data-label={t('system.lastRun')}>
                      {t('system.ago', { count: tick.silent_seconds })}
                    </td>
                    <td>
                      <span className={`state ${tick.stalled ? 'needs full' : tick.failed === null ? 'full' : 'waits full'}`}>
                        {t(
                          tick.stalled
                            ? 'system.stalled'
                            : tick.failed !== null
                              ? 'system.tickFailed'
                              : tick.running
                                ? 'system.running'
                                : 'system.ok',
                        )}
                      </span>{' '}
                      <span className="faint">{tick.failed}</span>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}
