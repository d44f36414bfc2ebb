import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answered } from '../../kit/answered.tsx';
import { percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useParam } from '../../kit/url-state.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { VoiceDrawer } from '../../voices/voice-drawer.tsx';
import { topOdds } from './calls.ts';
import { Reasons, useOddsInterval } from './odds-words.tsx';

const DAYS = 7;

/** Whom to look at: each line opens the voice with its reasons. */
export function TopPart() {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const interval = useOddsInterval();
  const [voice, setVoice] = useParam('voice');
  const query = useQuery({ queryKey: ['odds', 'top', DAYS], queryFn: () => topOdds(DAYS) });
  return (
    <section className="panel pad stack" aria-label={t('odds.today')}>
      <h2>{t('odds.today')}</h2>
      <p className="faint">{t('odds.todayHelp', { days: DAYS })}</p>
      <Answered query={query}>
        {({ rows }) => (
          <>
            {rows.length === 0 ? <p className="quiet">{t('odds.todayEmpty')}</p> : null}
            {rows.length === 0 ? null : (
              <div className="scroller">
                <table className="table odds-top">
                  <thead>
                    <tr>
                      <th scope="col" className="number">
                        {t('odds.p30')}
                      </th>
                      <th scope="col" className="number">
                        {t('odds.p7')}
                      </th>
                      <th scope="col">{labels.dimension('category')}</th>
                      <th scope="col">{t('odds.why')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.slice(0, 20).map((row) => (
                      <tr key={row.voice}>
                        <td className="number" data-label={t('odds.p30')}>
                          {interval(row.p30, row.p30_low, row.p30_high)}
                        </td>
                        <td className="number" data-label={t('odds.p7')}>
                          {percent(row.p7, locale)}
                        </td>
                        <td>
                          <button type="button" className="key link" onClick={() => setVoice(String(row.voice))}>
                            {row.category === null ? '–' : labels.value('category', row.category)}
                          </button>
                          <div className="faint odds-clip">{row.text}</div>
                        </td>
                        <td>
                          <Reasons factors={row.factors.slice(0, 3)} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            <VoiceDrawer
              id={voice}
              ids={rows.map((row) => String(row.voice))}
              onOpen={(id) => setVoice(id)}
              onClose={() => setVoice(null)}
            />
          </>
        )}
      </Answered>
    </section>
  );
}
