import type { ReferenceTemplate } from '#formats/reference-codes';
import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import {
  addCodeTemplate,
  nextCode,
  previewCodeTemplate,
  withdrawCodeTemplate,
} from '../commands/codeTemplates.ts';
import type { HoldingsDeps } from '../deps.ts';
import { takenCodes, voidPage, voidReason } from '../store/codes.ts';
import { templateFor, templatesInUse, templatesOf } from '../store/codeTemplates.ts';
import { fondsById } from '../store/fonds.ts';

/** How reference codes are given, and which are taken. */
export const codesPart = (deps: HoldingsDeps) => ({
  /** Void numbers of a fonds (空号), for its staff. @throws Refusal fonds.notFound */
  voidCodes: (actor: Actor, o: { fondsId: string; cursor?: string; limit: number }) =>
    deps.db.as(scopeOf(actor), async (tx) => {
      const f = await fondsById(tx, o.fondsId);
      if (!f) throw new Refusal('fonds.notFound', 'There is no such fonds.');
      const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await voidPage(tx, f, { after, limit: o.limit + 1 });
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.code]) : null };
    }),
  /** How an archive builds its reference codes, for its staff. */
  codeTemplates: (actor: Actor, archiveId: string) =>
    deps.db.as(scopeOf(actor), (tx) => templatesOf(tx, archiveId)),
  addCodeTemplate: (actor: Actor, archiveId: string, input: Parameters<typeof addCodeTemplate>[3]) =>
    addCodeTemplate(deps, actor, archiveId, input),
  withdrawCodeTemplate: (actor: Actor, id: string) => withdrawCodeTemplate(deps, actor, id),
  previewCodeTemplate: (actor: Actor, archiveId: string, input: Parameters<typeof previewCodeTemplate>[3]) =>
    previewCodeTemplate(deps, actor, archiveId, input),
  /** How the codes of a fonds and category are built today, by the archive's own template or the standard's; for filing. */
  codeTemplateFor: (
    fonds: Parameters<typeof templateFor>[1],
    category: string,
  ): Promise<ReferenceTemplate | undefined> => deps.db.system((tx) => templateFor(tx, fonds, category)),
  /** All templates codes of an archive may have been given by; none where it builds them as the standards do. For checks. */
  codeTemplatesInUse: (archiveId: string) => deps.db.system((tx) => templatesInUse(tx, archiveId)),
  /** Whether a number was withdrawn with a reason (空号). For checks. */
  isVoidCode: (archiveId: string, code: string) =>
    deps.db.system(async (tx) => (await voidReason(tx, archiveId, code)) !== undefined),
  /** Which of these codes nobody can be given in an archive: borne now or before, or void. */
  codesTaken: (archiveId: string, codes: readonly string[]) =>
    deps.db.system((tx) => takenCodes(tx, archiveId, codes)),
  /** What the next entry at a place would be numbered. */
  nextCode: (actor: Actor, o: Parameters<typeof nextCode>[2]) => nextCode(deps, actor, o),
});
