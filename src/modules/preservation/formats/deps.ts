import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Jobs } from '#kernel/jobs';
import type { Bounds } from '#kernel/tools';
import type { AmendDeps } from '../commands/amend.ts';
import type { ConvertDeps } from './convert/convertFile.ts';
import type { InstalledTools, ToolCommands } from './convert/tools.ts';
import type { Identifying } from './identifying.ts';

/** How conversions are done here. */
export interface ConversionRules {
  commands: ToolCommands;
  /** Conversions that run at once. */
  atOnce: number;
  /** For the conversion of one file. */
  bounds: Bounds;
}

export interface FormatsDeps extends AmendDeps {
  audit: AuditTrail;
  jobs: Jobs;
  digests: DigestPool;
  identifying: Identifying;
  rules: ConversionRules;
  tools: { installed(): Promise<InstalledTools> };
}

export const convertDeps = ({ identifying, digests, rules }: FormatsDeps): ConvertDeps => ({
  identifying,
  digests,
  bounds: rules.bounds,
});
