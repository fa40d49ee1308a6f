/** Elements that stand on lines of their own. */
const LINES = new Set(
  (
    'p head head01 head02 item defitem chronitem row addressline blockquote list table chronlist bibref archref ' +
    'indexentry note lb subarea relation daodesc titlestmt titleproper subtitle author sponsor editionstmt ' +
    'publicationstmt address seriesstmt notestmt controlnote profiledesc creation langusage descrules change ' +
    'maintenanceevent agencyname citation'
  ).split(' '),
);
/** Elements whose neighbours would else run into them. */
const APART = new Set(
  (
    'part entry label event quantity unittype extent dimensions physfacet fromdate todate datesingle language script ' +
    'ptrgrp publisher agent eventtype eventdatetime eventdescription'
  ).split(' '),
);

/**
 * Makes plain text of mixed content, as it comes: white space runs become one blank, blocks stand on lines of their
 * own, and words of neighbouring elements do not run together.
 */
export class FlatText {
  text = '';
  #gap = '';
  /** The gap comes of an element's border, not of the document's own white space. */
  #soft = false;

  add(piece: string): void {
    const words = piece.trim();
    if (words === '') {
      if (piece !== '') this.#blank(false);
      return;
    }
    if (piece.charCodeAt(0) <= 32) this.#blank(false);
    if (this.text !== '' && !(this.#soft && this.#clings(words))) this.text += this.#gap;
    this.#gap = '';
    this.text += /\s{2}|[\t\n]/.test(words) ? words.replace(/[ \t\n]+/g, ' ') : words;
    if (piece.charCodeAt(piece.length - 1) <= 32) this.#blank(false);
  }

  /** At the beginning and at the end of an element. */
  border(name: string): void {
    if (LINES.has(name)) {
      this.#gap = '\n';
      this.#soft = false;
    } else if (APART.has(name)) this.#blank(true);
  }

  /** Punctuation takes no blank before it, nor an opening bracket one behind it. */
  #clings(words: string): boolean {
    return /^[.,;:!?)\]]/.test(words) || /[([]$/.test(this.text);
  }

  #blank(soft: boolean): void {
    if (this.#gap === '') {
      this.#gap = ' ';
      this.#soft = soft;
    } else if (!soft) this.#soft = false;
  }
}

/** The same on one line. */
export function oneLine(text: string): string {
  return text.includes('\n') ? text.replace(/\s*\n\s*/g, ' ') : text;
}
