import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { LeafDetail } from '../../model/knowledge-map.ts';
import { percent } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { withParams } from '../kit/url-state.ts';

export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="stack">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

type Given = { readonly detail: LeafDetail };

export function Script({ detail }: Given) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  return detail.script === null ? null : (
    <Part title={t('knowledge.script')}>
      <blockquote className="script">{nameOf(detail.script)}</blockquote>
    </Part>
  );
}

/** Every variant of a synonym makes further terms; the pack's own stand first. */
export function Words({ detail }: Given) {
  const { t } = useTranslation();
  if (detail.terms.length === 0) return null;
  return (
    <Part title={t('knowledge.terms')}>
      <ul className="chips">
        {detail.terms.map((term) => (
          <li
            key={`${term.term} ${term.with.join()} ${term.without.join()}`}
            className="tag"
            title={t('knowledge.weight', { value: term.weight })}
          >
            {term.term}
            {term.with.length === 0 ? null : <small>{t('knowledge.with', { words: term.with.join('、') })}</small>}
            {term.without.length === 0 ? null : <small>{t('knowledge.without', { words: term.without.join('、') })}</small>}
          </li>
        ))}
      </ul>
      {detail.synonyms.length === 0 ? null : (
        <details className="fold">
          <summary>{t('knowledge.synonyms', { count: detail.synonyms.length })}</summary>
          <dl className="facts">
            {detail.synonyms.map((synonym) => (
              <div key={synonym.word} style={{ display: 'contents' }}>
                <dt>{synonym.word}</dt>
                <dd>{synonym.variants.join('、')}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Part>
  );
}

const SHOWN = 6;

export function Sentences({ detail }: Given) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const [params] = useSearchParams();
  const rest = detail.examples.slice(SHOWN);
  return (
    <>
      {detail.examples.length === 0 ? null : (
        <Part title={t('knowledge.examples', { count: detail.examples.length })}>
          <Quotes texts={detail.examples.slice(0, SHOWN)} />
          {rest.length === 0 ? null : (
            <details className="fold">
              <summary>{t('knowledge.moreExamples', { count: rest.length })}</summary>
              <Quotes texts={rest} />
            </details>
          )}
        </Part>
      )}
      {detail.not_this.length === 0 ? null : (
        <Part title={t('knowledge.notThis')}>
          <ul className="quotes">
            {detail.not_this.map((one) => (
              <li key={one.text}>
                {one.text} <Link to={withParams(params, { leaf: one.category })}>→ {nameOf(one.names)}</Link>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

function Quotes({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul className="quotes">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

/** What the running reader makes of the pack's own sentences: those it learnt from, and look-alikes it never saw. */
export function Quality({ detail }: Given) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const { quality } = detail;
  if (quality.examples + quality.look_alikes === 0) return null;
  return (
    <Part title={t('knowledge.quality')}>
      <p className="quiet">
        {t('knowledge.examplesRight', { right: quality.examples_right, all: quality.examples })}
        {quality.look_alikes === 0 ? '' : t('knowledge.lookAlikesRight', { right: quality.look_alikes_right, all: quality.look_alikes })}
      </p>
      {quality.wrong.length === 0 ? null : (
        <details className="fold" open={quality.wrong.length <= 4}>
          <summary>{t('knowledge.wrong', { count: quality.wrong.length })}</summary>
          <ul className="quotes">
            {quality.wrong.map((one) => (
              <li key={`${one.kind} ${one.text}`}>
                {one.text}{' '}
                <span className="faint">
                  {t('knowledge.readAs', { name: nameOf(one.names), confidence: percent(one.confidence, locale, 0) })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Part>
  );
}
