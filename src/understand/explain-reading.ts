import { levelsOf, type Pack } from '../model/pack.ts';
import type { Names } from '../model/question.ts';
import type { Reading } from '../model/reading.ts';
import type { Alternative } from './reader.ts';

interface Named {
  readonly code: string;
  readonly names: Names;
}

export interface ExplainedReading {
  readonly category: (Named & { readonly path: readonly Named[] }) | null;
  readonly cell: { readonly business: Named; readonly support: Named; readonly bearer: Named; readonly department: Named } | null;
  readonly department: Named | null;
  readonly stage: Named | null;
  readonly feeling: string;
  readonly kind: { readonly kind: string; readonly confidence: number } | null;
  readonly language: string;
  readonly confidence: number;
  readonly reader_version: string;
  readonly because: readonly {
    readonly text: string;
    readonly from: number;
    readonly before: number;
    readonly kind: string;
    readonly for: string;
    readonly weight: number;
  }[];
  readonly alternatives: readonly Alternative[];
}

/** A reading in words: what `read` prints. `alternatives` come from `reader.alternatives(text, 3)`. */
export function explainReading(pack: Pack, reading: Reading, text: string, alternatives: readonly Alternative[] = []): ExplainedReading {
  const named = (list: readonly Named[], code: string): Named => {
    const found = list.find((item) => item.code === code);
    return { code, names: found?.names ?? { zh: code, en: code } };
  };
  const { category, cell } = reading;
  return {
    category:
      category === null
        ? null
        : { ...named(pack.categories, category), path: levelsOf(category).map((level) => named(pack.categories, level)) },
    cell:
      cell === null
        ? null
        : {
            business: named(pack.business_types, cell.business),
            support: named(pack.support_systems, cell.support),
            bearer: named(pack.bearer_networks, cell.bearer),
            department: named(pack.departments, cell.department),
          },
    department: cell === null ? null : named(pack.departments, cell.department),
    stage: reading.stage === null ? null : named(pack.stages, reading.stage),
    feeling: reading.feeling,
    kind: reading.kind,
    language: reading.language,
    confidence: reading.confidence,
    reader_version: reading.readerVersion,
    because: reading.because.map((b) => ({
      text: text.slice(b.from, b.before),
      from: b.from,
      before: b.before,
      kind: b.kind,
      for: b.for,
      weight: b.weight,
    })),
    alternatives,
  };
}
