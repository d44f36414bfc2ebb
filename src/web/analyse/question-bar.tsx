import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../kit/locale.ts';
import { useVocabulary } from '../kit/vocabulary.ts';
import { CompareSelect } from './compare-select.tsx';
import { LIMITS } from './explorer-view.ts';
import type { ExplorerView } from './explorer-view.ts';

const GROUPS = ['time', 'cause', 'place', 'voice', 'customer'] as const;

/** What is measured and how it is broken down. */
export function QuestionBar({ view, onChange }: { readonly view: ExplorerView; readonly onChange: (view: ExplorerView) => void }) {
  const { t } = useTranslation();
  const measures = useMeasureOptions();
  const dimensions = useDimensionOptions();
  return (
    <div className="row" style={{ alignItems: 'flex-end', gap: 16 }}>
      <div className="field" style={{ flex: '1 1 240px', maxWidth: 420 }}>
        <span className="label" id="explorer-measures">
          {t('explorer.measures')}
        </span>
        <Select
          mode="multiple"
          aria-labelledby="explorer-measures"
          aria-label={t('explorer.measures')}
          value={[...view.measures]}
          options={measures}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(next: string[]) => onChange({ ...view, measures: next })}
        />
      </div>
      <div className="field" style={{ flex: '1 1 240px', maxWidth: 420 }}>
        <span className="label" id="explorer-by">
          {t('explorer.by')}
        </span>
        <Select
          mode="multiple"
          aria-labelledby="explorer-by"
          aria-label={t('explorer.by')}
          value={[...view.by]}
          options={dimensions}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(next: string[]) => onChange({ ...view, by: next })}
        />
      </div>
      <div className="field">
        <span className="label">{t('explorer.limit')}</span>
        <Select
          aria-label={t('explorer.limit')}
          value={view.limit}
          style={{ width: 88 }}
          options={[...new Set([...LIMITS, view.limit])].map((value) => ({ value, label: String(value) }))}
          onChange={(limit: number) => onChange({ ...view, limit })}
        />
      </div>
      <CompareSelect value={view.compare} onChange={(compare) => onChange({ ...view, compare })} />
    </div>
  );
}

function useMeasureOptions() {
  const locale = useLocale();
  return (useVocabulary().data?.measures ?? []).map((m) => ({ value: m.name, label: m.names[locale], title: m.help[locale] }));
}

function useDimensionOptions() {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useVocabulary().data;
  const groups = GROUPS.map((group) => ({
    label: t(`explorer.group.${group}`),
    options: (words?.dimensions ?? []).filter((d) => d.group === group).map((d) => ({ value: d.name, label: d.names[locale] })),
  }));
  const attributes = (words?.attributes ?? []).map((name) => ({ value: `attr:${name}`, label: name }));
  return [...groups, { label: t('explorer.group.attribute'), options: attributes }].filter((g) => g.options.length > 0);
}
