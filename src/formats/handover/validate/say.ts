import type { Severity } from '#kernel/errors';
import { collectFindings } from '#kernel/findings';

/** Codes without a dot are of handover folders. */
export type Say = (severity: Severity, code: string, path: string, message: string) => void;

/** Findings of one check. */
export function speaking(limit?: number) {
  const findings = collectFindings(limit);
  const say: Say = (severity, code, path, message) =>
    findings.add(severity, code.includes('.') ? code : `handover.${code}`, path, message);
  return { findings, say };
}

/** A value as it is quoted in a message. */
export function quoted(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return `“${line.length > 60 ? `${[...line.slice(0, 60)].join('')}…` : line}”`;
}
