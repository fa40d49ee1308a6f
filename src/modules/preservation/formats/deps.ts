import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Jobs } from '#kernel/jobs';
import type { AmendDeps } from '../commands/amend.ts';
import type { ConvertDeps } from './convert/convertFile.ts';
import type { InstalledTools, ToolCommands } from './convert/tools.ts';
import type { Identifying } from './identifying.ts';

/** How conversions are done here. */
export interface ConversionRules {
  commands: ToolCommands;
  /** Conversions that run at once. */
  atOnce: number;
  /** For one file. */
  timeoutMs: number;
  /** Of one result. */
  mostBytes: number;
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
  ...{ identifying, digests, timeoutMs: rules.timeoutMs, mostBytes: rules.mostBytes },
});
