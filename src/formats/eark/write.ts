import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DivisionToWrite, type GroupToWrite, type MetsToWrite, metsXml } from '#formats/mets';
import type { TreeWriter } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import type { EarkPackage, EarkParts, EarkRepresentation } from './packages.ts';
import { createLists, type Lists } from './writing/lists.ts';
import { type Put, putFile, putMetadata, putText } from './writing/put.ts';

export interface EarkWritten {
  files: number;
  bytes: number;
}

/**
 * Writes an E-ARK package of the kind and version asked for: a folder named by the identifier, with a METS document for
 * the package and one for each representation, SHA-256 of every file. The same package makes the same bytes. Lists of
 * files wait on disk, not in memory.
 *
 * @param scratch a folder for what waits; by default one of the system's
 * @throws Refusal `eark.badName` for an identifier or representation that can be no folder
 */
export async function writeEark(
  writer: Pick<TreeWriter, 'add' | 'addFolder'>,
  given: EarkPackage,
  scratch = tmpdir(),
): Promise<EarkWritten> {
  const work = await mkdtemp(join(scratch, 'eark-'));
  const put: Put = { writer, work, given, root: `${folderName(given.id)}/`, files: 0, bytes: 0 };
  try {
    const pointers: Pointer[] = [];
    const seen = new Set<string>();
    for await (const representation of given.representations) {
      const name = folderName(representation.name);
      if (seen.has(name)) throw badName(name);
      seen.add(name);
      pointers.push(await putRepresentation(put, representation));
    }
    await putDocument(put, given, '', pointers);
    return { files: put.files, bytes: put.bytes };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const badName = (name: string) =>
  new Refusal('eark.badName', `"${name}" can not be the name of a folder here, or is one already.`, { name });

function folderName(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name)) throw badName(name);
  return name;
}

/** The METS document of a representation, as the package's own lists it. */
interface Pointer {
  name: string;
  lists: Lists;
  contentInformationType: string;
  otherContentInformationType?: string | undefined;
}

async function putRepresentation(put: Put, r: EarkRepresentation): Promise<Pointer> {
  const folder = `representations/${r.name}/`;
  const mets = await putDocument(put, r, folder, []);
  return { name: r.name, lists: mets, ...contentTypeOf(r) };
}

const contentTypeOf = (p: EarkParts) => ({
  contentInformationType: p.contentInformationType ?? 'MIXED',
  otherContentInformationType: p.otherContentInformationType,
});

/** An identifier that depends on what it names alone. */
const idOf = (kind: string, of: string) =>
  `ID-${kind}-${createHash('sha256').update(of).digest('hex').slice(0, 32)}`;

/** Puts the files of a package or representation, then its METS document. @returns the list that holds the document */
async function putDocument(
  put: Put,
  parts: EarkParts & Partial<EarkRepresentation>,
  folder: string,
  pointers: readonly Pointer[],
): Promise<Lists> {
  // Folders stand there even where nothing is in them: their names are in the document.
  for (const each of folder === '' ? ['metadata', 'representations'] : ['metadata', 'data'])
    await put.writer.addFolder(`${put.root}${folder}${each}`);
  const metadata = await putMetadata(put, parts, folder);
  const groups: { use: string; lists: Lists }[] = [];
  for (const [use, below, files] of [
    ['Documentation', 'documentation', parts.documentation],
    ['Schemas', 'schemas', parts.schemas],
    ['Data', 'data', parts.data],
  ] as const) {
    const lists = await createLists(put.work);
    for await (const file of files ?? []) await lists.add(await putFile(put, folder, below, file));
    await lists.close();
    if (lists.count > 0) groups.push({ use, lists });
  }
  const mets = metsOf(put, parts, folder, metadata, groups, pointers);
  const out = await createLists(put.work);
  await out.add(await putText(put, folder, 'METS.xml', metsXml(mets)));
  await out.close();
  return out;
}

function metsOf(
  put: Put,
  parts: EarkParts & Partial<EarkRepresentation>,
  folder: string,
  metadata: Awaited<ReturnType<typeof putMetadata>>,
  groups: readonly { use: string; lists: Lists }[],
  pointers: readonly Pointer[],
): MetsToWrite {
  const { given } = put;
  const isPackage = folder === '';
  const group = (use: string) => idOf('group', `${folder}${use}`);
  const division = (label: string) => idOf('div', `${folder}${label}`);
  const written: GroupToWrite[] = [
    ...groups.map(({ use, lists }) => ({
      id: group(use),
      use,
      ...(use === 'Data' ? contentTypeOf(parts) : {}),
      files: lists.read(),
    })),
    ...pointers.map((p) => ({
      id: group(`Representations/${p.name}`),
      use: `Representations/${p.name}`,
      contentInformationType: p.contentInformationType,
      otherContentInformationType: p.otherContentInformationType,
      files: p.lists.read(`representations/${p.name}/`),
    })),
  ];
  const divisions: DivisionToWrite[] = [
    {
      id: division('Metadata'),
      label: 'Metadata',
      administrative: metadata.administrative.map((m) => m.id),
      descriptive: metadata.descriptive.map((m) => m.id),
    },
    ...groups.map(({ use }) => ({
      id: division(use),
      label: use,
      files: [group(use)],
    })),
    ...pointers.map((p) => ({
      id: division(`Representations/${p.name}`),
      label: `Representations/${p.name}`,
      mets: { path: `representations/${p.name}/METS.xml`, group: group(`Representations/${p.name}`) },
    })),
  ];
  const name = isPackage ? given.id : (parts.name ?? '');
  return {
    id: name,
    label: isPackage ? given.label : undefined,
    type: given.type ?? 'Mixed',
    otherType: given.otherType,
    profile: profileOf(given),
    ...contentTypeOf(parts),
    header: {
      created: given.created.toISOString(),
      modified: given.created.toISOString(),
      recordStatus: isPackage ? given.recordStatus : undefined,
      packageType: given.packageType,
      agents: [
        {
          role: 'CREATOR',
          type: 'OTHER',
          otherType: 'SOFTWARE',
          names: [given.software.name],
          notes: [{ text: given.software.version, type: 'SOFTWARE VERSION' }],
        },
        ...(isPackage ? (given.agents ?? []) : []),
      ],
      alternativeIds: isPackage ? (given.alternativeIds ?? []) : [],
    },
    descriptive: metadata.descriptive,
    administrative: metadata.administrative,
    files: written.length > 0 ? { id: idOf('files', folder), groups: written } : undefined,
    structure: {
      id: idOf('map', folder),
      label: 'CSIP',
      type: 'PHYSICAL',
      division: { id: division(''), label: name, divisions },
    },
  };
}

/** Addresses name the version from 2.2 on; that of the DIP never does. */
function profileOf({ packageType, version = '2.2' }: EarkPackage): string {
  const of = packageType === 'AIP' ? 'CSIP' : packageType;
  const suffix = of !== 'DIP' && version === '2.2' ? '-v2-2-0' : '';
  return `https://eark${of.toLowerCase()}.dilcis.eu/profile/E-ARK-${of}${suffix}.xml`;
}
