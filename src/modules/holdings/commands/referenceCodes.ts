import {
  counterScopeKey,
  defaultTemplates,
  formatReferenceCode,
  type ReferenceTemplate,
  templateByKey,
} from '#formats/reference-codes';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { nextNumber, templateFor, unitCodeTaken } from '../store/codes.ts';
import type { Fonds } from '../store/fonds.ts';

/** What decides a number: the elements before the running one. */
export interface CodeRequest {
  /** Key of a template of the standards, when the archive has set none of its own. */
  template?: string;
  values: Record<string, string>;
}

/**
 * Gives the next free reference code, in the transaction that uses it. The counter of a scope is one locked row, so
 * two people at once get two numbers; it never goes back (standards 1.7 [D]).
 *
 * @throws Refusal referenceCode.*
 */
export async function allocateCode(
  _deps: HoldingsDeps,
  tx: Tx,
  fonds: Fonds,
  request: CodeRequest,
): Promise<string> {
  const own = await templateFor(tx, fonds, request.values.category ?? null);
  const template: ReferenceTemplate | undefined =
    own ?? templateByKey(request.template ?? 'dat13-2022.item') ?? defaultTemplates[0];
  const counter = template?.slots.findLast((s) => s.counterScope !== null && s.level !== 'page');
  if (!template || !counter)
    throw new Refusal('referenceCode.noCounter', 'This kind of reference code has no running number.');
  const values = { ...request.values, fonds: fonds.number };
  const scope = counterScopeKey(template, counter.name, values);
  for (let tries = 0; tries < 10_000; tries++) {
    const n = await nextNumber(tx, fonds.archiveId, scope);
    const code = formatReferenceCode({ ...values, [counter.name]: n }, template);
    // Numbers that came with an imported catalogue are stepped over.
    if (!(await unitCodeTaken(tx, fonds.archiveId, code))) return code;
  }
  throw new Refusal('referenceCode.exhausted', 'No free number was found in this class.');
}
