import { isOwnKey } from '#formats/metadata-schemes';
import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { Level } from '../../domain/unit.ts';
import { schemesInForce } from '../../store/schemes.ts';
import type { CatalogueImportDeps } from '../deps.ts';
import { isImportField } from '../headings/fields.ts';
import { ownFields } from '../headings/ownElements.ts';
import { signatureOf } from '../headings/profile.ts';
import { inspectCatalogue } from '../reading/inspect.ts';
import { fileOf } from '../run/place.ts';
import { type ImportRecord, importById, saveMapping } from '../store/imports.ts';
import { saveProfile } from '../store/profiles.ts';
import type { Column, ImportOptions, Sheet } from '../types.ts';
import { demandImport, noImport } from './intake.ts';

/** A person's corrections of how a file is understood. What is left out stays. */
export interface MappingInput {
  sheets?: {
    name: string;
    use?: boolean;
    headerRow?: number;
    level?: Level;
    /** By index, or by heading. */
    columns?: { index?: number; heading?: string; field: string | null }[];
  }[];
  options?: ImportOptions;
}

/** Applies corrections. @throws Refusal import.field, import.mapping */
export function applyMapping(sheets: readonly Sheet[], input: MappingInput): Sheet[] {
  for (const s of input.sheets ?? []) {
    if (!sheets.some((x) => x.name === s.name))
      throw new Refusal('import.mapping', `The file has no sheet "${s.name}".`, { sheet: s.name });
  }
  return sheets.map((sheet) => {
    const wanted = input.sheets?.find((s) => s.name === sheet.name);
    if (!wanted) return sheet;
    const columns = sheet.columns.map((c) => ({ ...c }));
    for (const w of wanted.columns ?? []) {
      const column = columns.find((c) =>
        w.index !== undefined ? c.index === w.index : c.heading === w.heading,
      );
      if (!column)
        throw new Refusal(
          'import.mapping',
          `The sheet "${sheet.name}" has no column ${w.heading ?? w.index}.`,
          { sheet: sheet.name },
        );
      setField(columns, column, w.field);
    }
    return {
      ...sheet,
      use: wanted.use ?? sheet.use,
      headerRow: wanted.headerRow ?? sheet.headerRow,
      level: wanted.level ?? sheet.level,
      columns,
    };
  });
}

function setField(columns: Column[], column: Column, field: string | null): void {
  if (column.field === field) return;
  if (field !== null && !isImportField(field))
    throw new Refusal('import.field', `There is no field "${field}".`, { field });
  // A field has one column: it leaves the one it had.
  if (field !== null)
    for (const c of columns)
      if (c.field === field) Object.assign(c, { field: null, confidence: 0, reason: 'person' });
  Object.assign(column, { field, confidence: 1, reason: 'person' });
}

/** Corrects the mapping of an import that has not run. @throws Refusal import.notFound, import.wrongState */
export async function setMapping(
  deps: CatalogueImportDeps,
  actor: Actor,
  id: string,
  input: MappingInput,
  saveProfileAs?: string,
): Promise<void> {
  const before = await deps.db.as(scopeOf(actor), (tx) => importById(tx, id));
  if (!before) throw noImport();
  demandImport(actor, before.archiveId);
  if (before.state !== 'draft' && before.state !== 'checked') {
    throw new Refusal('import.wrongState', 'The columns can be changed only before the import runs.', {
      state: before.state,
    });
  }
  await demandOwnElements(deps, before.archiveId, input);
  const sheets = applyMapping(await withHeadings(deps, before, before.sheets, input), input);
  const options = mergeOptions(before.options, input.options);
  await deps.db.as(scopeOf(actor), async (tx) => {
    let profileId = before.profileId;
    const name = saveProfileAs?.trim();
    if (name) {
      for (const sheet of sheets.filter((s) => s.use)) {
        profileId = await saveProfile(tx, {
          id: deps.newId(),
          archiveId: before.archiveId,
          signature: signatureOf(sheet),
          name,
          columns: sheet.columns.map((c) => ({ heading: c.heading, field: c.field })),
          options: profileOptions(options),
          usedAt: deps.clock.now(),
          createdByName: actor.name,
        });
      }
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId: before.archiveId,
        act: 'import.profileSaved',
        target: { type: 'import', id },
        detail: { name },
      });
    }
    await saveMapping(tx, id, { sheets, options, profileId });
  });
}

/** A column can be given only to own elements that the archive has. @throws Refusal import.field */
async function demandOwnElements(
  deps: CatalogueImportDeps,
  archiveId: string,
  input: MappingInput,
): Promise<void> {
  const wanted = (input.sheets ?? []).flatMap((s) => (s.columns ?? []).map((c) => c.field ?? ''));
  const asked = wanted.filter((field) => isOwnKey(field));
  if (asked.length === 0) return;
  const { own } = await schemesInForce(deps.db.owner, archiveId);
  const known = new Set<string>(ownFields(own).map((f) => f.field));
  const missing = asked.find((field) => !known.has(field));
  if (missing !== undefined)
    throw new Refusal('import.field', `There is no field "${missing}".`, { field: missing });
}

/** Options as a person changed them: what is left out stays, what is emptied is taken away. */
export function mergeOptions(before: ImportOptions, changed: ImportOptions = {}): ImportOptions {
  const all: ImportOptions = { ...before, ...changed };
  for (const key of Object.keys(all) as (keyof ImportOptions)[])
    if (all[key] === undefined || String(all[key]).trim() === '') delete all[key];
  return all;
}

/** The fonds of one file is not the fonds of the next. */
function profileOptions({ defaultFonds: _, defaultFondsName: __, ...rest }: ImportOptions): ImportOptions {
  return rest;
}

/** Reads the headings anew for sheets whose heading row a person moved. */
async function withHeadings(
  deps: CatalogueImportDeps,
  imp: Pick<ImportRecord, 'id' | 'archiveId' | 'filePath' | 'fileName'>,
  sheets: Sheet[],
  input: MappingInput,
): Promise<Sheet[]> {
  const moved = new Map<number, number>();
  for (const s of sheets) {
    const row = input.sheets?.find((x) => x.name === s.name)?.headerRow;
    if (row !== undefined && row !== s.headerRow) moved.set(s.index, row);
  }
  if (moved.size === 0) return sheets;
  const { own } = await schemesInForce(deps.db.owner, imp.archiveId);
  const fresh = await inspectCatalogue(await fileOf(deps, imp), imp.fileName, moved, own);
  return sheets.map((s) => (moved.has(s.index) ? (fresh.sheets.find((f) => f.index === s.index) ?? s) : s));
}
