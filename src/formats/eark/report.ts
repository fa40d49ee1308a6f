import { createFindingList, type FindingList } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import { type EarkVersion, requirement, severityOf } from './requirements/index.ts';

/** Findings kept of one requirement and severity; the rest is counted. */
const KEPT = 100;

export interface Said {
  /** What was found here, after what is asked. */
  detail?: string;
  /** Where this way of failing weighs otherwise than the requirement. */
  severity?: Finding['severity'];
}

/** Collects findings by requirement, and in bounded memory. */
export class Report {
  version: EarkVersion = '2.1';
  readonly #list: FindingList = createFindingList(KEPT);

  /** @param path file and line, such as `METS.xml:12`; '' for the package */
  say(id: string, path: string, { detail, severity }: Said = {}): void {
    const row = requirement(id);
    const message = detail === undefined ? row[3] : `${row[3]} ${detail}`;
    this.#list.add(id, severity ?? severityOf(row, this.version), path, message);
  }

  add({ code, severity, path, message }: Finding): void {
    this.#list.add(code, severity, path, message);
  }

  get findings(): readonly Finding[] {
    return this.#list.all;
  }
}

/** A value as it is quoted in a finding. */
export const quoted = (value: string): string =>
  `"${value.length > 200 ? `${value.slice(0, 200)}…` : value}"`;
