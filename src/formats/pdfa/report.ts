import type { PdfFile } from '#formats/pdf-objects';
import type { Flavour } from './flavour.ts';
import { type RuleId, ruleFor } from './rules.ts';

/** A rule that a file breaks, at its first places. */
export interface PdfAFault {
  rule: RuleId;
  /** Clause of the part of ISO 19005 judged by, as `6.1.3`. */
  clause: string;
  /** What the clause wants, in our words. */
  message: string;
  /** How often it was met, and the first places: `object 12`, `page 3`. */
  count: number;
  places: string[];
}

const MAX_PLACES = 5;

/** One judging of one file: what the checks are given and where they report. */
export class Judging {
  readonly file: PdfFile;
  readonly flavour: Flavour;
  readonly #faults = new Map<RuleId, PdfAFault>();
  /** What could not be looked at, in words. */
  readonly unread = new Set<string>();

  /** Judges an embedded file by itself. */
  readonly judgeInner: (file: PdfFile) => { verdict: string };

  constructor(file: PdfFile, flavour: Flavour, judgeInner: (file: PdfFile) => { verdict: string }) {
    this.file = file;
    this.flavour = flavour;
    this.judgeInner = judgeInner;
  }

  get part(): Flavour['part'] {
    return this.flavour.part;
  }

  /** Rules that do not exist in this part or level are passed over. */
  fault(rule: RuleId, place?: string): void {
    const known = ruleFor(rule, this.flavour);
    if (!known) return;
    const fault = this.#faults.get(rule) ?? { rule, ...known, count: 0, places: [] };
    this.#faults.set(rule, fault);
    fault.count++;
    if (place !== undefined && fault.places.length < MAX_PLACES && !fault.places.includes(place))
      fault.places.push(place);
  }

  faults(): PdfAFault[] {
    return [...this.#faults.values()].sort((a, b) =>
      a.clause.localeCompare(b.clause, 'en', { numeric: true }),
    );
  }
}
