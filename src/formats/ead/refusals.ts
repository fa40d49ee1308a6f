import type { XmlRefusals } from '#formats/xml';
import { Refusal } from '#kernel/errors';

/** A refusal of a finding aid. @param code the part after `ead.` @param message a whole sentence */
export function refuse(
  code: string,
  message: string,
  detail: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): Refusal {
  return new Refusal(`ead.${code}`, message, detail, cause === undefined ? undefined : { cause });
}

/** @param line the line reading has come to */
export function xmlRefusals(line: () => number): XmlRefusals {
  return {
    damaged: (what, cause) =>
      refuse(
        'damaged',
        `The file is damaged from line ${line()} on: ${what}. Export it anew and try again.`,
        { what, line: line() },
        cause,
      ),
    forbidden: (what) =>
      refuse(
        'forbiddenXml',
        `The file ${what} (line ${line()}). Export it with its entities resolved and try again.`,
        { what, line: line() },
      ),
  };
}

/** Roots of XML that people take for finding aids. */
const KNOWN: Readonly<Record<string, string>> = {
  'eac-cpf': 'an EAC-CPF record of a person or body',
  mets: 'a METS document',
  'OAI-PMH': 'an answer of an OAI-PMH repository',
  collection: 'a list of MARC records',
  record: 'a MARC record',
  html: 'a web page',
  Workbook: 'an XML spreadsheet of 2003',
};

export function notEad(root: string): Refusal {
  const what = KNOWN[root] ?? `a document of another kind ("${root.slice(0, 40)}")`;
  return refuse(
    'notEad',
    `The file is XML but no finding aid: it is ${what}. Give an EAD 2002 or EAD3 document, or the catalogue as .xlsx or .csv.`,
    { root: root.slice(0, 40) },
  );
}

export function tooLarge(what: string): Refusal {
  return refuse('tooLarge', `The finding aid is too large: ${what}. Divide it and try again.`, { what });
}
