import { type Actor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { type FailedConversion, failedConversions } from '../store/conversions.ts';
import { decisionHistory, decisionsOf, type FormatDecision } from '../store/formatDecisions.ts';
import { formatFigures } from '../store/formats.ts';
import { askConversion, type DecisionInput, decideFormat } from './decide.ts';
import type { FormatsDeps } from './deps.ts';
import type { HeldFormat } from './domain/plan.ts';
import { REGISTER } from './domain/register.ts';
import { type Standing, standingOf } from './domain/standing.ts';
import { TOOLS, type Tool } from './domain/types.ts';
import { formatsOfArchive, normaliseJob } from './normalise.ts';

export type Formats = ReturnType<typeof createFormats>;

/** What the page of formats shows of an archive. */
export interface FormatsView {
  formats: HeldFormat[];
  /** Files whose format nobody has told yet. */
  unlooked: { files: number; bytes: number };
  /** null: not installed. */
  tools: { tool: Tool; version: string | null }[];
  /** What counts of the archive's own decisions. */
  decisions: FormatDecision[];
}

/** The register of formats: what is held, how it stands, what is decided and what is converted. */
export function createFormats(deps: FormatsDeps) {
  const demandRead = (actor: Actor, archiveId: string) =>
    demand(
      actor,
      'preservation.read',
      archiveId,
      new Refusal('archive.notFound', 'There is no such archive.'),
      'whole',
    );
  return {
    jobs: [normaliseJob(deps)],
    /** @throws Refusal archive.notFound */
    async view(actor: Actor, archiveId: string): Promise<FormatsView> {
      demandRead(actor, archiveId);
      const on = deps.db.owner;
      const tools = await deps.tools.installed();
      const none = (await formatFigures(on, archiveId)).find((f) => f.puid === '');
      return {
        formats: await formatsOfArchive(deps, archiveId),
        unlooked: { files: none?.files ?? 0, bytes: none?.bytes ?? 0 },
        tools: TOOLS.map((tool) => ({ tool, version: tools.get(tool)?.version ?? null })),
        decisions: (await decisionsOf(on, archiveId)).filter((d) => d.risk !== null || d.policy !== null),
      };
    },
    /** The whole register as it stands for an archive, whether it holds such files or not. @throws Refusal archive.notFound */
    async register(actor: Actor, archiveId: string): Promise<Standing[]> {
      demandRead(actor, archiveId);
      const decisions = new Map((await decisionsOf(deps.db.owner, archiveId)).map((d) => [d.subject, d]));
      return REGISTER.flatMap((row) => row.puids.map((puid) => standingOf(puid, decisions)));
    },
    decide: (actor: Actor, input: DecisionInput) => decideFormat(deps, actor, input),
    /** What was decided, the newest first. @throws Refusal archive.notFound */
    async history(actor: Actor, o: Parameters<typeof decisionHistory>[1]): Promise<FormatDecision[]> {
      demandRead(actor, o.archiveId);
      return decisionHistory(deps.db.owner, o);
    },
    convert: (actor: Actor, o: { archiveId: string; again: boolean }) => askConversion(deps, actor, o),
    /** Files that could not be converted, and why. @throws Refusal archive.notFound */
    async failures(actor: Actor, o: Parameters<typeof failedConversions>[1]): Promise<FailedConversion[]> {
      demandRead(actor, o.archiveId);
      return deps.db.as(scopeOf(actor), (tx) => failedConversions(tx, o));
    },
  };
}
