import { useTranslation } from 'react-i18next';
import type { ComparedTable } from '../../model/comparison.ts';
import { CAVEATS, columnNames } from '../../model/comparison-words.ts';
import { useLocale } from '../kit/locale.ts';
import { chance, signed } from './effect-figures.ts';

/** Before any effect: do the arms hold what they should, and were they alike? */
export function Gates({ report }: { readonly report: ComparedTable }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const balance = (report.comparisons ?? [report]).flatMap((one) => one.balance.map((trait) => ({ ...trait, arm: one.arm })));
  const failed = balance.filter(({ ok }) => !ok);
  const words =
    balance.length === 0
      ? t('experiments.balanceNone')
      : failed.length > 0
        ? t('experiments.balanceFails')
        : t('experiments.balanceOk', { count: balance.length });
  const p = chance(report.srm.p);
  return (
    <section className="panel pad stack" aria-label={t('experiments.gates')}>
      <h2>{t('experiments.gates')}</h2>
      <ul className="gates">
        <Gate ok={report.srm.ok}>{report.srm.ok ? t('experiments.srmOk', { p }) : t('experiments.srmFails', { p })}</Gate>
        <Gate ok={balance.length === 0 ? null : failed.length === 0}>
          {words}
          {failed.length === 0 ? null : (
            <span>
              {locale === 'zh' ? '：' : ': '}
              {failed
                .map(({ name, z, smd }) => `${columnNames(name)[locale]} (z = ${signed(z, 1)}, ${t('experiments.smd')} ${signed(smd, 2)})`)
                .join('; ')}
            </span>
          )}
        </Gate>
      </ul>
      {balance.length === 0 ? null : (
        <details>
          <summary>{t('experiments.trait')}</summary>
          <div className="forest-scroll" tabIndex={0} role="region" aria-label={t('experiments.trait')}>
            <table className="forest">
              <thead>
                <tr>
                  <th scope="col">{t('experiments.trait')}</th>
                  <th scope="col">{t('experiments.armsShort')}</th>
                  <th scope="col">{t('experiments.smd')}</th>
                  <th scope="col">z</th>
                  <th scope="col">p</th>
                </tr>
              </thead>
              <tbody>
                {balance.map((trait) => (
                  <tr key={`${trait.arm} ${trait.name}`}>
                    <th scope="row">{columnNames(trait.name)[locale]}</th>
                    <td>{trait.arm}</td>
                    <td className="number">{signed(trait.smd, 3)}</td>
                    <td className="number">{signed(trait.z, 2)}</td>
                    <td className="number">{chance(trait.p)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  );
}

function Gate({ ok, children }: { readonly ok: boolean | null; readonly children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className={`gate-mark ${ok === true ? 'passes' : ok === false ? 'fails' : ''}`}>
        {ok === null ? '–' : ok ? t('experiments.passes') : t('experiments.fails')}
      </span>
      <span>{children}</span>
    </li>
  );
}

/** What must be known before the result is believed; each raised by the data, then what a person added. */
export function Caveats({ report, notes }: { readonly report: ComparedTable; readonly notes: readonly { zh: string; en: string }[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const codes = [...new Set((report.comparisons ?? [report]).flatMap((one) => one.caveats))];
  return (
    <>
      {codes.length === 0 ? null : (
        <section className="block" aria-label={t('experiments.caveats')}>
          <h2>{t('experiments.caveats')}</h2>
          <ul>
            {codes.map((code) => (
              <li key={code}>{CAVEATS[code][locale]}</li>
            ))}
          </ul>
        </section>
      )}
      {notes.length === 0 ? null : (
        <section className="block" aria-label={t('experiments.notes')}>
          <h2>{t('experiments.notes')}</h2>
          <ul>
            {notes.map((note) => (
              <li key={note.en}>{note[locale]}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
