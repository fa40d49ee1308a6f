import { type CodeLevel, elementsOf, type TemplateElement } from '#formats/reference-codes';
import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { isRefusal, Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { readsBack, readTemplate, type TemplateInput } from '../domain/codeTemplate.ts';
import { deleteTemplate, insertTemplate, templateById } from '../store/codeTemplates.ts';
import { type Fonds, fondsById, fondsPage } from '../store/fonds.ts';
import { unitById } from '../store/units.ts';
import { type Numbering, nextCodes, numberingBy, numberingFor } from './referenceCodes.ts';

const noTemplate = () => new Refusal('codeTemplate.notFound', 'There is no such template.');
const noArchive = () => new Refusal('archive.notFound', 'There is no such archive.');

/** How many of the next codes are shown. */
const SHOWN = 3;

/**
 * Sets how the codes of a fonds and category are built from a day on. What was given before stays as it is.
 *
 * @returns its id
 * @throws Refusal codeTemplate.*, fonds.notFound, archive.notFound
 */
export function addCodeTemplate(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  input: TemplateInput & { validFrom: string },
): Promise<string> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    demand(actor, 'holdings.write', archiveId, noArchive(), reachOf(input));
    const fonds = input.fondsId ? await demandFonds(tx, archiveId, input.fondsId) : null;
    const id = deps.newId();
    const { label: name, slots } = readTemplate(id, input);
    const category = input.category?.trim().toUpperCase() ?? null;
    const { validFrom } = input;
    const made = await insertTemplate(tx, {
      id,
      archiveId,
      fondsId: fonds?.id ?? null,
      category,
      validFrom,
      name,
      slots,
      createdByName: actor.name,
    });
    if (made !== 'inserted')
      throw new Refusal(
        `codeTemplate.${made}`,
        made === 'past'
          ? 'A template is in force from today or a later day on.'
          : 'This fonds and category has a template from that day or a later one on.',
        { field: 'validFrom' },
      );
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'codeTemplate.added',
      target: { type: 'codeTemplate', id },
      detail: { name, fonds: fonds?.number ?? null, category, day: validFrom, elements: shapeOf(slots) },
    });
    return id;
  });
}

/** Takes back a template whose day has not come. @throws Refusal codeTemplate.notFound, codeTemplate.inForce */
export function withdrawCodeTemplate(deps: HoldingsDeps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const template = await templateById(tx, id);
    if (!template) throw noTemplate();
    demand(actor, 'holdings.write', template.archiveId, noTemplate(), reachOf(template));
    if (!(await deleteTemplate(tx, id)))
      throw new Refusal(
        'codeTemplate.inForce',
        'This template is in force: numbers may have been given by it. Set another from a day on.',
      );
    const { name, archiveId, validFrom, fondsNumber, category } = template;
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'codeTemplate.withdrawn',
      target: { type: 'codeTemplate', id },
      detail: { name, fonds: fondsNumber, category, day: validFrom },
    });
  });
}

/** What would be given next, and what is lacking to say it. */
export interface CodePreview {
  codes: string[];
  /** The element without which no code can be made, or whose value can not stand in one. */
  lacking: string | null;
  /** `missing`, `bad`; null when nothing is lacking. */
  why: 'missing' | 'bad' | null;
  /** False when codes of this form would be read otherwise than they were made. */
  readsBack: boolean;
}

/** The codes a template would give, before it is set. Nothing is kept. @throws Refusal as `addCodeTemplate` */
export function previewCodeTemplate(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  input: TemplateInput & { values: Record<string, string>; level: CodeLevel },
): Promise<CodePreview> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    demand(actor, 'holdings.write', archiveId, noArchive());
    const fonds = input.fondsId
      ? await demandFonds(tx, archiveId, input.fondsId)
      : (await fondsPage(tx, { archiveId, limit: 1 }))[0];
    const template = readTemplate('preview', input);
    const category = input.category?.trim().toUpperCase();
    const values = category ? { ...input.values, category } : input.values;
    const place = { level: input.level, above: null };
    return preview(tx, archiveId, () => numberingBy(template, fonds ?? { number: 'A001' }, values, place));
  });
}

/** What a new entry's number would be, and by which template. */
export interface NextCode extends CodePreview {
  template: { key: string; name: string; own: boolean };
  /** Those of the template up to its number. */
  elements: TemplateElement[];
}

/**
 * What the next entries of a place would be numbered. Nothing is taken: another may be quicker.
 *
 * @throws Refusal fonds.notFound, referenceCode.noCounter
 */
export function nextCode(
  deps: HoldingsDeps,
  actor: Actor,
  o: { fondsId: string; parentId?: string | undefined; level: CodeLevel; values: Record<string, string> },
): Promise<NextCode> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const fonds = await fondsById(tx, o.fondsId);
    const missing = new Refusal('fonds.notFound', 'There is no such fonds.');
    if (!fonds) throw missing;
    demand(actor, 'holdings.write', fonds.archiveId, missing);
    const parent = o.parentId ? await unitById(tx, o.parentId) : undefined;
    const above = parent?.fondsId === fonds.id ? parent.referenceCode : null;
    const place = { level: o.level, above };
    const numbering = await numberingFor(tx, fonds, { values: o.values }, place);
    const { key, label, basis, slots } = numbering.template;
    const elements = elementsOf(slots.slice(0, slots.indexOf(numbering.counter) + 1));
    const told = await preview(tx, fonds.archiveId, () => numbering);
    return { ...told, template: { key, name: label, own: basis === 'archive' }, elements };
  });
}

async function preview(tx: Tx, archiveId: string, of: () => Numbering): Promise<CodePreview> {
  const numbering = of();
  try {
    const codes = await nextCodes(tx, archiveId, numbering, SHOWN);
    const back = codes[0] ? readsBack(numbering.template, numbering.values, codes[0]) : true;
    return { codes, lacking: null, why: null, readsBack: back };
  } catch (e) {
    if (!isRefusal(e) || typeof e.detail.element !== 'string') throw e;
    const why = e.code === 'referenceCode.missingElement' ? 'missing' : 'bad';
    return { codes: [], lacking: e.detail.element, why, readsBack: true };
  }
}

/** What a template acts on: a fonds and category; whoever sets it for all of them works in the whole archive. */
const reachOf = ({ fondsId, category }: Pick<TemplateInput, 'fondsId' | 'category'>) =>
  fondsId && category ? { fondsId, category } : ('whole' as const);

async function demandFonds(tx: Tx, archiveId: string, id: string): Promise<Fonds> {
  const fonds = await fondsById(tx, id);
  if (fonds?.archiveId !== archiveId) throw new Refusal('fonds.notFound', 'There is no such fonds.');
  return fonds;
}

/** `fonds-category·year-item`, for the trail. */
const shapeOf = (slots: readonly { name: string; separatorBefore: string }[]): string =>
  slots.map((s) => `${s.separatorBefore}${s.name}`).join('');
