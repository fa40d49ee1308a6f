import { attributeOf, type XmlElement } from '#formats/xml';
import { type IdKind, IdRegister, idKind } from './idRegister.ts';
import { METS } from './names.ts';
import { idsOf } from './view.ts';

/** What an attribute may name. */
const REFERENCES: ReadonlyMap<string, readonly IdKind[]> = new Map([
  ['ADMID', ['amd']],
  ['DMDID', ['dmd']],
  ['FILEID', ['file', 'group']],
]);
/** References to what has not been told yet that are kept until the end. */
const MOST_OPEN = 100_000;

export interface IdFault {
  fault: 'twice' | 'nothing' | 'other';
  id: string;
  /** The attribute that names it: `ID`, `ADMID` … */
  attribute: string;
  element: XmlElement;
}

/** Identifiers of a document, and references to them, as its elements come by in order. */
export class Identifiers {
  readonly register = new IdRegister();
  #open: { id: string; attribute: string; element: XmlElement }[] = [];
  /** References that were too many to be looked at in the end. */
  passedOver = 0;

  /** An element that opens or comes whole, with all of METS it holds. */
  *take(element: XmlElement): Generator<IdFault> {
    if (element.space !== METS) return;
    const id = attributeOf(element, 'ID');
    if (id !== undefined && !this.register.add(id, idKind(element.name)))
      yield { fault: 'twice', id, attribute: 'ID', element };
    for (const attribute of REFERENCES.keys())
      for (const named of idsOf(attributeOf(element, attribute))) {
        const kind = this.register.kindOf(named);
        if (kind !== undefined) yield* this.#judged(kind, { id: named, attribute, element });
        else if (this.#open.length < MOST_OPEN)
          this.#open.push({ id: named, attribute, element: bare(element) });
        else this.passedOver++;
      }
    for (const child of element.children) if ('tag' in child) yield* this.take(child);
  }

  /** References to what never came. */
  *end(): Generator<IdFault> {
    for (const reference of this.#open) {
      const kind = this.register.kindOf(reference.id);
      if (kind === undefined) yield { fault: 'nothing', ...reference };
      else yield* this.#judged(kind, reference);
    }
    this.#open = [];
  }

  *#judged(kind: IdKind, reference: Omit<IdFault, 'fault'>): Generator<IdFault> {
    if (!REFERENCES.get(reference.attribute)?.includes(kind)) yield { fault: 'other', ...reference };
  }
}

const bare = (e: XmlElement): XmlElement => ({ ...e, children: [], attributes: [] });
