import type { PdfFile } from '#formats/pdf-objects';
import { checkActions } from './checks/actions.ts';
import { checkAnnotations, checkForm } from './checks/annotations.ts';
import { checkDocument } from './checks/document.ts';
import { checkDrawing } from './checks/drawing.ts';
import { checkLogicalStructure } from './checks/logical.ts';
import { checkMetadata } from './checks/metadata.ts';
import { checkLimits, checkStructure } from './checks/structure.ts';
import { type Claim, readClaim } from './claim.ts';
import { type Flavour, flavourName } from './flavour.ts';
import { notPerformed } from './notPerformed.ts';
import { Judging, type PdfAFault } from './report.ts';
import { rulesChecked } from './rules.ts';

/** What is known of a file as PDF/A. It never says that a file conforms: only what was looked at, and what was found. */
export interface PdfAReport {
  claim: Claim;
  /** Judged by; undefined when the file claims no part and none was asked for. */
  judgedAs: string | undefined;
  verdict: 'noClaim' | 'nonconforming' | 'noFaultFound';
  faults: PdfAFault[];
  /** Number of rules that were checked. */
  checked: number;
  /** What was not looked at: rules we have no check for, and what this file hid from us. */
  notPerformed: string[];
  /** One sentence. */
  summary: string;
}

const MAX_DEPTH = 2;

/**
 * Judges a file against its claim, or another part and level.
 * @param depth how many files the file is embedded in
 */
export function judge(file: PdfFile, asked?: Flavour, depth = 0): PdfAReport {
  const claim = readClaim(file);
  const flavour = asked ?? claim.flavour;
  if (!flavour)
    return {
      claim,
      judgedAs: undefined,
      verdict: 'noClaim',
      faults: [],
      checked: 0,
      notPerformed: [],
      summary: claim.written
        ? `The file claims “${claim.written}”, which is no part and level of PDF/A.`
        : 'The file claims no part of PDF/A.',
    };
  const judging = new Judging(file, flavour, (embedded) =>
    depth < MAX_DEPTH ? judge(embedded, undefined, depth + 1) : { verdict: 'noFaultFound' },
  );
  const checks = [checkStructure, checkMetadata, checkDocument, checkActions, checkAnnotations, checkForm];
  // What is enciphered can not be looked into.
  if (file.encrypted) judging.fault('trailer.encrypt');
  else
    for (const check of [...checks, checkDrawing, checkLogicalStructure, checkLimits])
      attempt(judging, check);
  return reportOf(judging, claim);
}

/** A check that fails on a damaged file costs only itself. */
function attempt(judging: Judging, check: (judging: Judging) => void): void {
  try {
    check(judging);
  } catch (e) {
    judging.unread.add(`${check.name} broke off: ${e instanceof Error ? e.message : String(e)}`);
  }
}

function reportOf(judging: Judging, claim: Claim): PdfAReport {
  const faults = judging.faults();
  const checked = rulesChecked(judging.flavour).length;
  const missing = [...notPerformed(judging.flavour), ...judging.unread];
  const name = flavourName(judging.flavour);
  const said = claim.flavour ? `claims ${flavourName(claim.flavour)}` : 'claims no part of PDF/A';
  const clauses = [...new Set(faults.map((fault) => fault.clause))];
  const summary =
    faults.length > 0
      ? `The file ${said}; it does not conform to ${name}: clause ${clauses.slice(0, 8).join(', ')}${clauses.length > 8 ? ' …' : ''}.`
      : `The file ${said}; no fault found by ${checked} checks of ${name}; ${missing.length} not performed. This is not a validation of the whole standard.`;
  return {
    claim,
    judgedAs: name,
    verdict: faults.length > 0 ? 'nonconforming' : 'noFaultFound',
    faults,
    checked,
    notPerformed: missing,
    summary,
  };
}
