import { softmax } from '../maths/calibration.ts';
import { scoreText, Vectors } from '../maths/text-classifier.ts';
import { foldInto, newFoldBuffer, originalSpan } from '../model/fold-text.ts';
import type { Pack, PackCategory } from '../model/pack.ts';
import type { Because, Reading } from '../model/reading.ts';
import { modelSpans } from './because.ts';
import { feelingOf, type FeelingReading } from './feeling.ts';
import { languageOf } from './language.ts';
import { Asides } from './reader-asides.ts';
import { Negation } from './feeling-negation.ts';
import { PackTerms, type Found } from './pack-terms.ts';
import { kindOf, type KindReading } from './reader-kind.ts';
import { NO_CAUSE, type ReaderModel } from './reader-model.ts';

export interface Alternative {
  readonly category: string;
  readonly confidence: number;
}

export interface Reader {
  readonly version: string;
  /** Never throws, whatever the text. What the source recorded is not asked: readings are compared with it. */
  read(text: string): Reading;
  /** The most likely categories, best first. */
  alternatives(text: string, most: number): readonly Alternative[];
}

export interface Thresholds {
  /** How much the evidence of terms counts beside the model's score. */
  readonly termPower: number;
  /** A reading stands when its own probability … */
  readonly leaf: number;
  /** … or that of its second level reaches this. */
  readonly group: number;
}

export const THRESHOLDS: Thresholds = { termPower: 1.5, leaf: 0.2, group: 0.4 };

export function buildReader(pack: Pack, model: ReaderModel | null, version: string, thresholds: Thresholds = THRESHOLDS): Reader {
  return new PackReader(pack, model, version, thresholds);
}

interface Scored {
  readonly leaf: number;
  readonly confidence: number;
  readonly stands: boolean;
}

class PackReader implements Reader {
  readonly version: string;
  private readonly leaves: readonly PackCategory[];
  private readonly groupOf: Int32Array;
  private readonly groupMass: Float64Array;
  private readonly terms: PackTerms;
  private readonly asides: Asides;
  private readonly model: ReaderModel | null;
  /** Model class → leaf, −1 = a label that the pack does not know. */
  private readonly leafOfClass: Int32Array;
  private readonly classOfLeaf: Int32Array;
  private readonly thresholds: Thresholds;
  private readonly vectors = new Vectors();
  private readonly buffer = newFoldBuffer();
  private readonly scores: Float32Array;
  /** Probability per leaf, then that of no cause at all when the model knows such texts. */
  private readonly mass: Float64Array;
  private readonly unseen: Float64Array;
  private readonly found: Found = { terms: [], feelings: [], kinds: [] };
  private readonly negation: Negation;
  private readonly isNegated = (from: number): boolean => this.negation.holds(this.buffer.codes, from);

  constructor(pack: Pack, model: ReaderModel | null, version: string, thresholds: Thresholds) {
    this.version = version;
    this.thresholds = thresholds;
    this.leaves = pack.categories.filter((c) => c.cell !== undefined);
    const codes = this.leaves.map((l) => l.code);
    const groups = codes.map((code) => code.split('/').slice(0, 2).join('/'));
    const distinct = [...new Set(groups)];
    this.groupOf = Int32Array.from(groups, (g) => distinct.indexOf(g));
    this.groupMass = new Float64Array(distinct.length);
    this.terms = new PackTerms(pack, codes);
    this.asides = new Asides(pack.talk?.asides ?? []);
    this.negation = new Negation(pack.talk?.negators ?? [], pack.talk?.between ?? []);
    this.model = model;
    const labels = model?.labels ?? [];
    this.leafOfClass = Int32Array.from(labels, (label) =>
      label === NO_CAUSE ? codes.length : this.leaves.findIndex((l) => l.code === label || l.names.zh === label || l.names.en === label),
    );
    this.classOfLeaf = new Int32Array(codes.length).fill(-1);
    this.leafOfClass.forEach((leaf, cls) => {
      if (leaf >= 0 && leaf < codes.length) this.classOfLeaf[leaf] = cls;
    });
    this.scores = new Float32Array(labels.length);
    this.mass = new Float64Array(codes.length + (labels.includes(NO_CAUSE) ? 1 : 0));
    this.unseen = new Float64Array(codes.length);
  }

  read(text: string): Reading {
    const folded = foldInto(text, this.buffer);
    const scored = this.score();
    const feeling = feelingOf(this.isNegated, this.found.feelings);
    const leaf = this.leaves[scored.leaf];
    const mapped = scored.stands && leaf !== undefined;
    const kind = kindOf(folded.codes, folded.length, this.found.kinds, feeling, mapped);
    return {
      category: mapped ? leaf.code : null,
      cell: mapped ? (leaf.cell ?? null) : null,
      stage: mapped ? (leaf.stage ?? null) : null,
      feeling: feeling.feeling,
      kind: kind === null ? null : { kind: kind.kind, confidence: rounded(kind.confidence) },
      language: languageOf(text),
      confidence: scored.confidence,
      readerVersion: this.version,
      because: this.because(scored, feeling, kind, folded.map),
    };
  }

  alternatives(text: string, most: number): readonly Alternative[] {
    foldInto(text, this.buffer);
    this.score();
    return Array.from(this.mass.subarray(0, this.leaves.length), (confidence, i) => ({
      category: this.leaves[i]?.code ?? '',
      confidence: rounded(confidence),
    }))
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, most);
  }

  /** By what was said first; by all of it where that says too little. */
  private score(): Scored {
    const { codes, length } = this.buffer;
    const main = this.asides.mainLength(codes, length);
    const scored = this.scoreUpTo(main);
    return scored.stands || main === length ? scored : this.scoreUpTo(length);
  }

  /** Evidence of terms and model into one probability per leaf (`mass`). */
  private scoreUpTo(main: number): Scored {
    const { codes, length } = this.buffer;
    const { mass, model } = this;
    this.terms.search(codes, length, this.found, main);
    mass.fill(0);
    if (model !== null) {
      scoreText(model.classifier, this.vectors, codes, main, this.scores);
      for (let c = 0; c < this.scores.length; c++) {
        const leaf = this.leafOfClass[c] as number;
        if (leaf >= 0) mass[leaf] = (this.scores[c] as number) * model.sharpness;
      }
    }
    this.addTerms();
    softmax(mass, 1);
    return this.best();
  }

  /** Several terms of one leaf: the chance that none of them means it shrinks with each (noisy or). */
  private addTerms(): void {
    if (this.found.terms.length === 0) return;
    const { unseen, mass } = this;
    for (const { rule } of this.found.terms) for (const leaf of rule.leaves) unseen[leaf] = 1;
    for (const { rule, weight } of this.found.terms)
      for (const leaf of rule.leaves) unseen[leaf] = (unseen[leaf] as number) * (1 - 0.95 * weight);
    for (const { rule } of this.found.terms) {
      for (const leaf of rule.leaves) {
        mass[leaf] = (mass[leaf] as number) - this.thresholds.termPower * Math.log(unseen[leaf] as number);
        unseen[leaf] = 1;
      }
    }
  }

  /** The best leaf of the best second level: two likely siblings must not lose to one lonely stranger. */
  private best(): Scored {
    const { mass, groupMass, groupOf } = this;
    groupMass.fill(0);
    for (let i = 0; i < groupOf.length; i++)
      groupMass[groupOf[i] as number] = (groupMass[groupOf[i] as number] as number) + (mass[i] as number);
    let group = 0;
    for (let g = 1; g < groupMass.length; g++) if ((groupMass[g] as number) > (groupMass[group] as number)) group = g;
    let leaf = -1;
    for (let i = 0; i < groupOf.length; i++)
      if (groupOf[i] === group && (leaf < 0 || (mass[i] as number) > (mass[leaf] as number))) leaf = i;
    const confidence = leaf < 0 ? 0 : (mass[leaf] as number);
    // Single characters alone (你好) are no ground for a category.
    const known = this.found.terms.length > 0 || (this.model !== null && this.vectors.knownLong > 0);
    const nothing = mass[groupOf.length] ?? 0;
    const stands =
      known && confidence >= nothing && (confidence >= this.thresholds.leaf || (groupMass[group] as number) >= this.thresholds.group);
    return { leaf, confidence: known ? rounded(confidence) : 0, stands };
  }

  private because(scored: Scored, feeling: FeelingReading, kind: KindReading | null, map: Int32Array | null): readonly Because[] {
    const spans: Because[] = [];
    const leaf = this.leaves[scored.leaf];
    const add = (kind: Because['kind'], from: number, before: number, of: string, weight: number): void => {
      spans.push({ ...originalSpan(map, from, before), kind, for: of, weight: rounded(weight) });
    };
    if (leaf !== undefined && scored.confidence > 0) {
      const hits = this.found.terms.filter((h) => h.rule.leaves.includes(scored.leaf)).sort((a, b) => b.weight - a.weight);
      const seen = new Set<number>();
      for (const hit of hits) {
        if (seen.has(hit.from) || seen.size >= 4) continue;
        seen.add(hit.from);
        add('term', hit.from, hit.before, leaf.code, hit.weight);
      }
      const cls = this.classOfLeaf[scored.leaf] ?? -1;
      if (this.model !== null && cls >= 0) {
        const inTerm = (from: number, before: number): boolean => hits.some((h) => h.from <= from && h.before >= before);
        for (const s of modelSpans(this.model.classifier, this.vectors, cls, this.buffer.length, 3)) {
          if (!inTerm(s.from, s.before)) add('model', s.from, s.before, leaf.code, s.weight);
        }
      }
    }
    for (const hit of feeling.hits.slice(0, 3)) add('feeling', hit.from, hit.before, feeling.feeling, 1);
    if (kind !== null) for (const hit of kind.hits.slice(0, 2)) add('kind', hit.from, hit.before, kind.kind, kind.confidence);
    return spans;
  }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
