import type { Json } from '#kernel/canonical';
import type { KeySet } from '#kernel/signing/keyset';
import { type StatementType, signStatement } from '#kernel/signing/statement';
import type { Archive } from '#modules/holdings';
import type { ListPart } from './listFiles.ts';
import type { Disposal, Voice } from './store/disposals.ts';
import type { PlaceReport } from './store/removals.ts';

/** The order to destroy: signed before anything goes. */
export const DESTRUCTION_ORDER: StatementType = 'lantai/destruction-order';
/** The certificate of destruction: signed when nothing is left. */
export const DESTRUCTION_CERTIFICATE: StatementType = 'lantai/destruction-certificate';

/** The id of the object that stays of a list. */
export const tombstoneOf = (disposalId: string): string => `urn:lantai:disposal:${disposalId}`;

interface Facts {
  disposal: Disposal;
  voices: readonly Voice[];
  archive: Pick<Archive, 'id' | 'code' | 'name'>;
  units: number;
  list: readonly Pick<ListPart, 'name' | 'sha512' | 'lines'>[];
}

function common({ disposal: d, voices, archive, units, list }: Facts): { [key: string]: Json } {
  return {
    number: d.number,
    disposal: d.id,
    object: tombstoneOf(d.id),
    archive: { id: archive.id, code: archive.code, name: archive.name },
    title: d.title,
    reason: d.reason,
    basis: d.basis,
    appraisal: d.appraisal,
    approval: d.approval,
    proposedBy: { id: d.proposedBy, name: d.proposedByName, at: d.proposedAt.toISOString() },
    agreedBy: voices
      .filter((v) => v.decision === 'agreed')
      .map((v) => ({ id: v.personId, name: v.personName, at: v.at.toISOString(), note: v.note })),
    units,
    list: list.map(({ name, sha512, lines }) => ({ name, sha512, lines })),
  };
}

/** @returns the signed order, as it is to be kept */
export function signOrder(keys: KeySet, facts: Facts, now: Date): Buffer {
  return signStatement(keys, { type: DESTRUCTION_ORDER, payload: common(facts), now });
}

/** The order as far as the certificate repeats it. */
export interface OrderFacts {
  units: number;
  list: { name: string; sha512: string; lines: number }[];
}

/** @returns the signed certificate of destruction, as it is to be kept and handed out */
export function signCertificate(
  keys: KeySet,
  facts: Facts & {
    files: number;
    bytes: number;
    places: readonly PlaceReport[];
    /** Certified copies that were made of it before; they stay. */
    certifiedCopies: readonly string[];
    from: Date;
  },
  now: Date,
): Buffer {
  return signStatement(keys, {
    type: DESTRUCTION_CERTIFICATE,
    payload: {
      ...common(facts),
      files: facts.files,
      bytes: facts.bytes,
      from: facts.from.toISOString(),
      until: now.toISOString(),
      places: facts.places.map((p) => ({
        place: p.place,
        id: p.id,
        name: p.name,
        objects: p.objects,
        until: p.until?.toISOString() ?? null,
        signedOffBy: p.byName,
      })),
      certifiedCopies: [...facts.certifiedCopies],
    },
    now,
  });
}

/** What a person reads who finds the tombstone. */
export function tombstoneText(d: Disposal, archive: Pick<Archive, 'code' | 'name'>): string {
  return `${archive.name} (${archive.code})
${d.number}

This object stays in place of content that was destroyed.
  order.json        who proposed, who agreed, why: a statement signed by the archive before anything was destroyed
  list/             what was destroyed: one line of JSON for each entry, then one for each of its files
  certificate.json  the certificate of destruction, signed when nothing was left (absent as long as something is)
The statements can be verified with the archive's public certificates (urn:lantai:certificates:${archive.code}).

本对象代替已销毁的内容保存。order.json 为销毁令，list/ 为销毁清册，certificate.json 为销毁证明（全部销毁后签署）。
本物件代替已銷毀的內容留存。order.json 為銷毀令，list/ 為銷毀清冊，certificate.json 為銷毀證明（全部銷毀後簽署）。

Entries listed here are not made whole again from other copies.
`;
}
