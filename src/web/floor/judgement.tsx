import { useTranslation } from 'react-i18next';
import type { Judgement } from '../../model/recording.ts';
import { useNameOf } from '../kit/locale.ts';

/** The rhyme at hand; the rule and the principles behind one key. */
export function JudgementNote({ judgement }: { readonly judgement: Judgement }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  return (
    <section className="panel pad stack" aria-label={t('record.judgement')}>
      <h2>{t('record.judgement')}</h2>
      <ul className="rhyme">
        {judgement.rhyme.map((line) => (
          <li key={line.en}>{nameOf(line)}</li>
        ))}
      </ul>
      <p className="faint">{nameOf(judgement.rule)}</p>
      <details>
        <summary>{t('record.principles')}</summary>
        <dl className="facts">
          {judgement.principles.map((one) => (
            <div key={one.names.en} style={{ display: 'contents' }}>
              <dt>{nameOf(one.names)}</dt>
              <dd>{nameOf(one.say)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
