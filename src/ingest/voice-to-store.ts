import { type KnownPerson, maskText } from '../model/masking.ts';
import type { Place, VoiceDraft } from '../model/voice.ts';
import { type Gazetteer, NOWHERE, type UnitPlace } from './gazetteer.ts';
import { maskAttributes } from './mask-attributes.ts';

/** What is known of a customer who speaks. */
export interface KnownCustomer extends Place {
  readonly customer: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly plan: string | null;
  readonly product: string | null;
}

type Attributes = Readonly<Record<string, string>>;

/** A draft with everything that it is stored with beside its ids and its key: place, masked texts, what the customer's record adds. */
export interface VoiceToStore {
  readonly product: string | null;
  readonly plan: string | null;
  readonly place: Place;
  readonly unit: UnitPlace | undefined;
  readonly status: string | null;
  readonly recordedCategory: string | null;
  readonly textMasked: string;
  readonly attributes: Attributes;
  /** null: masking changed nothing. */
  readonly attributesRaw: Attributes | null;
}

export function voiceToStore(draft: VoiceDraft, gazetteer: Gazetteer, customer: KnownCustomer | undefined): VoiceToStore {
  const unit = draft.unit === null ? undefined : gazetteer.unit(draft.unit);
  const known = namesOf(customer);
  const raw = allAttributes(draft, gazetteer);
  const masked = maskAttributes(raw, known);
  return {
    product: draft.product ?? customer?.product ?? null,
    plan: draft.plan ?? customer?.plan ?? null,
    place: placeOf(draft, gazetteer, customer, unit),
    unit,
    status: maskedOrNull(draft.status),
    recordedCategory: maskedOrNull(draft.recordedCategory),
    textMasked: maskedText(draft, known),
    attributes: masked,
    attributesRaw: Object.keys(raw).every((name) => raw[name] === masked[name]) ? null : raw,
  };
}

/** Two numbers are looked for: the one on the record, and the one this voice came from; nearly always they are the same. */
function maskedText(draft: VoiceDraft, known: KnownPerson): string {
  const { phone } = draft;
  if (phone === null || phone === known.phone) return maskText(draft.text, known);
  if (known.phone === undefined) return maskText(draft.text, { ...known, phone });
  return maskText(maskText(draft.text, known), { phone });
}

/** Most exact first: what the row says, then where the customer lives, then where the unit stands. */
function placeOf(draft: VoiceDraft, gazetteer: Gazetteer, customer: KnownCustomer | undefined, unit: UnitPlace | undefined): Place {
  const written = draft.region === null ? undefined : gazetteer.region(draft.region);
  if (written !== undefined) return written;
  if (customer !== undefined && customer.city !== null) {
    return { city: customer.city, district: customer.district, community: customer.community, cell: customer.cell };
  }
  return unit === undefined ? NOWHERE : { ...NOWHERE, city: unit.city, district: unit.district };
}

/** A region or unit that nobody knows is kept as it was written. */
function allAttributes(draft: VoiceDraft, gazetteer: Gazetteer): Attributes {
  const unknownRegion = draft.region !== null && gazetteer.region(draft.region) === undefined;
  const unknownUnit = draft.unit !== null && gazetteer.unit(draft.unit) === undefined;
  if (!unknownRegion && !unknownUnit) return draft.attributes;
  return {
    ...draft.attributes,
    ...(unknownRegion ? { region: draft.region ?? '' } : {}),
    ...(unknownUnit ? { unit: draft.unit ?? '' } : {}),
  };
}

const maskedOrNull = (text: string | null): string | null => (text === null ? null : maskText(text));

const namesOf = (customer: KnownCustomer | undefined): KnownPerson => ({
  ...(customer?.name ? { name: customer.name } : {}),
  ...(customer?.phone ? { phone: customer.phone } : {}),
  ...(customer?.address ? { address: customer.address } : {}),
});
