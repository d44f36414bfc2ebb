import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Filter } from '../../model/question.ts';
import { voicesAddress } from '../kit/filters-url.ts';
import { useNameOf } from '../kit/locale.ts';
import { useVocabulary } from '../kit/vocabulary.ts';
import type { Measure } from '../../model/vocabulary.ts';

/** The “?” beside a measure: what it is, how it is reckoned, of what, what it leaves out, and its voices. */
export function MeasureHelp({ name, where }: { readonly name: string; readonly where?: readonly Filter[] | undefined }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const measure = useVocabulary().data?.measures.find((m) => m.name === name);
  if (measure === undefined) return null;
  const content = (
    <div className="measure-help">
      <MeasureFacts measure={measure} />
      <div className="row">
        {where === undefined ? null : <Link to={voicesAddress(where)}>{t('help.showVoices')}</Link>}
        <Link to={`/help?doc=measures#${measure.name}`}>{t('help.more')}</Link>
      </div>
    </div>
  );
  return (
    <Popover trigger="click" content={content} title={nameOf(measure.names)}>
      <button type="button" className="help-key" aria-label={t('help.ofMeasure', { measure: nameOf(measure.names) })}>
        ?
      </button>
    </Popover>
  );
}

export function MeasureFacts({ measure }: { readonly measure: Measure }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const facts = [
    ['formula', measure.formula],
    ['base', measure.base],
    ['leavesOut', measure.leavesOut],
    ['opens', measure.opens],
  ] as const;
  return (
    <>
      <p>{nameOf(measure.help)}</p>
      <dl className="facts">
        {facts.map(([name, words]) =>
          words === null ? null : (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{t(`help.fact.${name}`)}</dt>
              <dd>{nameOf(words)}</dd>
            </div>
          ),
        )}
        <dt>{t('help.fact.unit')}</dt>
        <dd>{t(`help.unit.${unitOf(measure)}`)}</dd>
      </dl>
    </>
  );
}

const UNITS: Readonly<Record<string, 'voices' | 'customers' | 'subscribers' | 'share' | 'rate' | 'score'>> = {
  customers: 'customers',
  subscribers: 'subscribers',
};
function unitOf(measure: Measure): 'voices' | 'customers' | 'subscribers' | 'share' | 'rate' | 'score' {
  const { unit } = measure;
  return unit === 'share' || unit === 'rate' || unit === 'score' ? unit : (UNITS[measure.name] ?? 'voices');
}
