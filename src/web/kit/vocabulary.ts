import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../i18n/index.ts';
import type { Answer, Names } from '../../model/question.ts';
import { vocabulary } from '../api/calls.ts';
import type { Coded, Vocabulary } from '../../model/vocabulary.ts';
import { useLocale } from './locale.ts';

export const VOCABULARY = { queryKey: ['vocabulary'], queryFn: vocabulary, staleTime: 300_000 } as const;
export const useVocabulary = () => useQuery(VOCABULARY);

const REGION_LEVELS = ['province', 'city', 'district', 'community', 'cell'];
const CATEGORY_DEPTH: Readonly<Record<string, number>> = { category_1: 1, category_2: 2, category: 3 };

/** Dimensions whose values are codes that nobody should have to read. */
const CODED = [
  ...REGION_LEVELS,
  ...Object.keys(CATEGORY_DEPTH),
  'source',
  'department',
  'product',
  'unit',
  'kind',
  'channel',
  'stage',
  'segment',
  'temperament',
  'cluster',
  'usage_group',
  'action',
];

interface Values {
  readonly list: readonly Coded[] | null;
  readonly byCode: ReadonlyMap<string, Coded>;
}
/** Looked up for every label on the screen: once per vocabulary and dimension. */
const VALUES = new WeakMap<Vocabulary, Map<string, Values>>();

function valuesIn(words: Vocabulary, dimension: string): Values {
  const known = VALUES.get(words) ?? new Map<string, Values>();
  VALUES.set(words, known);
  const found = known.get(dimension);
  if (found !== undefined) return found;
  const list = listOf(words, dimension);
  // Of two with one code the first counts.
  const fresh = { list, byCode: new Map((list ?? []).toReversed().map((one) => [one.code, one])) };
  known.set(dimension, fresh);
  return fresh;
}

/** The values a dimension can take, where the vocabulary knows them; null = free text. */
export const valuesOf = (words: Vocabulary, dimension: string): readonly Coded[] | null => valuesIn(words, dimension).list;

function listOf(words: Vocabulary, dimension: string): readonly Coded[] | null {
  if (REGION_LEVELS.includes(dimension)) return words.regions.filter((r) => r.level === dimension);
  const depth = CATEGORY_DEPTH[dimension];
  if (depth !== undefined) return words.categories.filter((c) => c.code.split('/').length === depth);
  const lists: Readonly<Record<string, readonly Coded[]>> = {
    kind: words.kinds,
    channel: words.channels,
    feeling: words.feelings,
    segment: words.segments,
    temperament: words.temperaments,
    cluster: words.clusters,
    usage_group: words.usage_groups,
    action: words.actions,
    source: words.sources,
    department: words.departments,
    stage: words.stages,
    business: words.businesses,
    support: words.supports,
    bearer: words.bearers,
    product: words.products,
    unit: words.units,
  };
  return lists[dimension] ?? null;
}

export interface Labels {
  /** What people call a value of a dimension. */
  readonly value: (dimension: string, value: string | number | null, answer?: Answer) => string;
  readonly dimension: (name: string) => string;
  readonly measure: (name: string) => string;
}

export function useLabels(): Labels {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data: words, isPending } = useVocabulary();
  return useMemo(
    () => labelsOf(words, locale, { unmapped: t('common.unmapped'), none: t('common.none'), field: fieldNames(t), coming: isPending }),
    [words, locale, t, isPending],
  );
}

const FIELDS = ['said_at', 'id', 'batch', 'score', 'customer'] as const;
const fieldNames = (t: TFunction): ReadonlyMap<string, string> => new Map(FIELDS.map((name) => [name, t(`fields.${name}`)]));

interface LabelWords {
  readonly unmapped: string;
  readonly none: string;
  readonly field: ReadonlyMap<string, string>;
  /** The vocabulary is on its way: a code is not shown for the moment that its name takes. */
  readonly coming?: boolean;
}

const NAME_IS_COMING = '…';

export function labelsOf(words: Vocabulary | undefined, locale: Locale, say: LabelWords): Labels {
  const named = (list: readonly { readonly name: string; readonly names: Names }[] | undefined, name: string) =>
    list?.find((d) => d.name === name)?.names[locale] ?? name.replace(/^attr:/, '');
  const nothing = (dimension: string) => (dimension.startsWith('category') || dimension === 'department' ? say.unmapped : say.none);
  const fromVocabulary = (dimension: string, value: string) =>
    words === undefined ? undefined : valuesIn(words, dimension).byCode.get(value)?.names[locale];
  const unnamed = (dimension: string, text: string) =>
    say.coming === true && CODED.includes(dimension) ? NAME_IS_COMING : bucketText(dimension, text);
  return {
    dimension: (name) => say.field.get(name) ?? named(words?.dimensions, name),
    measure: (name) => named(words?.measures, name),
    value: (dimension, value, answer) => {
      if (value === null) return nothing(dimension);
      if (value === 'unmapped') return say.unmapped;
      const text = String(value);
      return answer?.labels[dimension]?.[text]?.[locale] ?? fromVocabulary(dimension, text) ?? unnamed(dimension, text);
    },
  };
}

/** A time bucket as short as it stays exact. */
function bucketText(dimension: string, value: string): string {
  if (dimension === 'hour') return value.replace('T', ' ');
  if (dimension === 'month') return value.slice(0, 7);
  if (dimension === 'quarter') return `${value.slice(0, 4)}-Q${Math.ceil(Number(value.slice(5, 7)) / 3)}`;
  if (dimension === 'year') return value.slice(0, 4);
  return value;
}
