import { useTranslation } from 'react-i18next';
import type { LevelVersion } from '../../model/levels.ts';
import { When } from '../kit/when.tsx';
import { changesOf } from './settings-changes.ts';

/** Who changed what, newest first, down to what the product ships with. */
export function LevelHistory({ versions }: { readonly versions: readonly LevelVersion[] }) {
  const { t } = useTranslation();
  return (
    <section className="panel pad stack">
      <h2>{t('levels.history')}</h2>
      <ul className="plain-list tight">
        {versions.map((version, i) => {
          const before = versions[i + 1];
          return (
            <li key={version.version} className="stack" style={{ gap: 2 }}>
              <span className="row">
                <strong>{t('levels.version', { version: version.version })}</strong>
                {version.at === null ? (
                  <span className="faint">{t('levels.shipped')}</span>
                ) : (
                  <span className="faint">
                    {version.by} · <When at={version.at} /> {version.note === null ? '' : `· ${version.note}`}
                  </span>
                )}
              </span>
              {before === undefined
                ? null
                : changesOf(before.settings, version.settings).map((one) => (
                    <span key={one.part} className="faint">
                      {t('levels.changed', { name: t(`levels.${one.part}`), before: one.before, after: one.after })}
                    </span>
                  ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
