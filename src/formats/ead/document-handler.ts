import type { XmlHandler, XmlTokenizer } from '#formats/xml';
import { Capture, isInternal, ownName } from './capture.ts';
import { describe, emptyDescription } from './describe.ts';
import type { EadLimits } from './limits.ts';
import { notEad, refuse, tooLarge } from './refusals.ts';
import type { EadDescription } from './types.ts';

const COMPONENT = /^c(?:0[1-9]|1[0-2])?$/;
/** Elements around others, which say nothing themselves. */
const WRAPPERS = new Set('did dsc descgrp admininfo add controlaccess physdescset dscgrp'.split(' '));
/** Headings of display, and furniture of the page. */
const FURNITURE = new Set(['frontmatter', 'runner']);
const HEADERS = new Set(['eadheader', 'control']);
/** Text that stands in a wrapper directly, kept under the wrapper's name. */
const LOOSE = new Set('p list table chronlist blockquote address'.split(' '));

interface Frame {
  depth: number;
  description: EadDescription;
  given: boolean;
  length: number;
}

/** What stands behind the components it belongs above, by the number of its description. */
export type LateElements = Map<number, Capture[]>;

/**
 * Turns the tags of a finding aid into descriptions, each given out as soon as its first component begins, so that
 * only the descriptions above the present one are remembered.
 *
 * Elements may stand behind the components (an index behind the dsc). A first reading (`late` left out) collects them,
 * a second one puts them in their places.
 */
export class DocumentHandler implements XmlHandler {
  /** Descriptions ready to be taken. */
  ready: EadDescription[] = [];
  readonly late: LateElements;
  /** Names of elements of our own, as they come. */
  readonly own = new Set<string>();
  readonly #surveying: boolean;
  readonly #limits: EadLimits;
  readonly #frames: Frame[] = [];
  #header: { recordId: string; captures: Capture[] } = { recordId: '', captures: [] };
  #capture: Capture | undefined;
  /** Depth of the element whose content is passed over; 0 for none. */
  #skipped = 0;
  /** Depth of an element that this reading does not want; 0 for none. Components within it count all the same. */
  #unwanted = 0;
  /** Depth of a wrapper of foreign XML; 0 outside. */
  #foreign = 0;
  #count = 0;
  #archdescs = 0;
  #lateLength = 0;

  constructor(limits: EadLimits, late?: LateElements) {
    this.#limits = limits;
    this.#surveying = late === undefined;
    this.late = late ?? new Map();
  }

  /** Descriptions begun so far. */
  get count(): number {
    return this.#count;
  }

  get hasArchdesc(): boolean {
    return this.#archdescs > 0;
  }

  open(name: string, xml: XmlTokenizer): void {
    if (this.#skipped > 0) return;
    if (this.#capture || this.#unwanted > 0) {
      // Components in an element nobody knows are components still.
      if (this.#foreign > 0 || !COMPONENT.test(name) || this.#frames.length === 0) {
        if (name === 'objectxmlwrap' && this.#foreign === 0) this.#foreign = xml.depth;
        this.#capture?.open(name, xml);
        return;
      }
      if (this.#capture) this.#finishCapture(xml);
      this.#unwanted = 0;
    }
    if (xml.depth === 1) {
      if (name !== 'ead' && name !== 'eadgrp') throw notEad(name);
      return;
    }
    if (this.#frames.length === 0) this.#outside(name, xml);
    else if (COMPONENT.test(name)) this.#begin(name, xml);
    else if (name === 'archdesc')
      throw refuse('nested', 'The finding aid holds a finding aid within another.');
    else this.#inside(name, xml);
  }

  close(name: string, xml: XmlTokenizer): void {
    if (this.#skipped > 0) {
      if (xml.depth === this.#skipped) this.#skipped = 0;
      return;
    }
    if (xml.depth === this.#foreign) this.#foreign = 0;
    if (this.#capture) {
      this.#capture.close(name, xml);
      if (xml.depth === this.#capture.depth) this.#finishCapture(xml);
      return;
    }
    if (this.#unwanted > 0) {
      if (xml.depth === this.#unwanted) this.#unwanted = 0;
      return;
    }
    const frame = this.#frames.at(-1);
    if (frame?.depth !== xml.depth) return;
    if (!frame.given) this.#give(frame);
    this.#frames.pop();
  }

  text(text: string): void {
    this.#capture?.add(text);
  }

  /** Before and beside the archdesc. */
  #outside(name: string, xml: XmlTokenizer): void {
    const inHeader = HEADERS.has(xml.parent);
    if (name === 'archdesc') this.#begin(name, xml);
    else if (inHeader)
      this.#beginCapture(name === 'eadid' || name === 'recordid' ? 'recordId' : 'eadheader', xml);
    else if (name !== 'ead' && name !== 'archdescgrp' && !HEADERS.has(name)) this.#skipped = xml.depth;
  }

  /** Within an archdesc or a component. */
  #inside(name: string, xml: XmlTokenizer): void {
    if (WRAPPERS.has(name)) return;
    if (this.#surveying && name === 'odd') this.#noteOwn(name, xml);
    const { parent } = xml;
    if (FURNITURE.has(name) || (name === 'head' && WRAPPERS.has(parent))) this.#skipped = xml.depth;
    else this.#beginCapture(LOOSE.has(name) && WRAPPERS.has(parent) ? parent : name, xml);
  }

  #noteOwn(name: string, xml: XmlTokenizer): void {
    const own = ownName(name, xml.attribute('localtype')?.trim());
    if (own === undefined) return;
    if (this.own.add(own).size > this.#limits.ownElements)
      throw tooLarge(`it has more than ${this.#limits.ownElements} kinds of elements of its own`);
  }

  #begin(name: string, xml: XmlTokenizer): void {
    const above = this.#frames.at(-1);
    if (above && !above.given) {
      above.description.hasParts = true;
      this.#give(above);
    }
    if (++this.#count > this.#limits.descriptions)
      throw tooLarge(`it has more than ${this.#limits.descriptions} descriptions`);
    if (this.#frames.length >= this.#limits.depth)
      throw refuse(
        'tooDeep',
        `Components of the finding aid lie more than ${this.#limits.depth} deep in one another.`,
      );
    const description = emptyDescription({
      number: this.#count,
      above: above?.description.number ?? 0,
      depth: this.#frames.length + 1,
    });
    description.level = xml.attribute('level')?.trim() ?? '';
    description.otherLevel = xml.attribute('otherlevel')?.trim() ?? '';
    description.id = xml.attribute('id')?.trim() ?? '';
    description.internal = (above?.description.internal ?? false) || isInternal(xml);
    this.#frames.push({ depth: xml.depth, description, given: false, length: 0 });
    if (name !== 'archdesc') return;
    this.#archdescs++;
    description.recordId = this.#header.recordId;
    for (const capture of this.#header.captures) describe(description, capture);
    this.#header = { recordId: '', captures: [] };
  }

  #give(frame: Frame): void {
    frame.given = true;
    if (this.#surveying) return;
    const late = this.late.get(frame.description.number);
    for (const capture of late ?? []) describe(frame.description, capture);
    this.ready.push(frame.description);
  }

  #beginCapture(name: string, xml: XmlTokenizer): void {
    const frame = this.#frames.at(-1);
    // The first reading wants only what comes late, the second only what does not.
    if (frame !== undefined && frame.given !== this.#surveying) {
      this.#unwanted = xml.depth;
      return;
    }
    this.#capture = new Capture(name, xml, this.#limits.elementLength);
    xml.wantsText = true;
  }

  #finishCapture(xml: XmlTokenizer): void {
    const capture = this.#capture!;
    const frame = this.#frames.at(-1);
    this.#capture = undefined;
    xml.wantsText = false;
    if (frame === undefined) this.#takeHeader(capture);
    else if (this.#surveying) this.#takeLate(frame, capture);
    else {
      frame.length += capture.text.length;
      if (frame.length > this.#limits.descriptionLength)
        throw tooLarge(`one description has more than ${this.#limits.descriptionLength} characters`);
      describe(frame.description, capture);
    }
  }

  #takeHeader(capture: Capture): void {
    if (this.#surveying) return;
    if (capture.name === 'recordId') this.#header.recordId = capture.text;
    else this.#header.captures.push(capture);
  }

  #takeLate(frame: Frame, capture: Capture): void {
    this.#lateLength += capture.text.length + 100;
    if (this.#lateLength > this.#limits.lateLength)
      throw tooLarge(
        `more than ${this.#limits.lateLength} characters stand behind the components they describe`,
      );
    const { number } = frame.description;
    this.late.set(number, [...(this.late.get(number) ?? []), capture]);
  }
}
