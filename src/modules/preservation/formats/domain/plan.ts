import { type Decisions, type Standing, standingOf } from './standing.ts';
import { POLICIES, RISKS, type Tool } from './types.ts';

/** A format an archive holds, how it stands, and what waits. */
export interface HeldFormat extends Standing {
  /** As it was told; null where the register alone knows it. */
  toldAs: string | null;
  files: number;
  bytes: number;
  converted: number;
  failed: number;
  /** Files that the policy has converted, and that are not yet. */
  waiting: number;
  /** Why what waits is not done here: null where it is. */
  hindrance: 'noTool' | 'notInstalled' | null;
}

export interface Figures {
  puid: string;
  name: string | null;
  files: number;
  bytes: number;
}

export interface Counts {
  puid: string;
  target: string;
  state: 'made' | 'failed';
  files: number;
}

/** The formats of an archive's holdings, the greatest risk first, then the most files. Files nobody has looked at are not among them. */
export function heldFormats(
  figures: readonly Figures[],
  decisions: Decisions,
  counts: readonly Counts[],
  installed: ReadonlySet<Tool>,
): HeldFormat[] {
  const counted = (puid: string, target: string | null, state: Counts['state']) =>
    counts.find((c) => c.puid === puid && c.target === target && c.state === state)?.files ?? 0;
  return figures
    .filter((f) => f.puid !== '')
    .map(({ puid, name, files, bytes }): HeldFormat => {
      const standing = standingOf(puid, decisions);
      const converted = counted(puid, standing.target, 'made');
      const failed = counted(puid, standing.target, 'failed');
      const wanted = standing.policy !== 'keep' && !standing.archival;
      const waiting = wanted ? Math.max(0, files - converted - failed) : 0;
      return {
        ...standing,
        toldAs: name,
        files,
        bytes,
        converted,
        failed,
        waiting,
        hindrance: hindranceOf(standing, waiting, installed),
      };
    })
    .sort(
      (a, b) =>
        RISKS.indexOf(b.risk) - RISKS.indexOf(a.risk) ||
        POLICIES.indexOf(b.policy) - POLICIES.indexOf(a.policy) ||
        b.files - a.files ||
        (a.puid < b.puid ? -1 : 1),
    );
}

function hindranceOf(
  { target, tool }: Standing,
  waiting: number,
  installed: ReadonlySet<Tool>,
): HeldFormat['hindrance'] {
  if (waiting === 0) return null;
  if (!target || !tool) return 'noTool';
  return installed.has(tool) ? null : 'notInstalled';
}
