import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type EadDescription, openEad } from '#formats/ead';
import type { FileTree } from '#formats/tree';
import { readElements, textOf, type XmlRefusals } from '#formats/xml';
import { parseArchivalDate } from '#kernel/dates';
import { isRefusal, Refusal } from '#kernel/errors';

type Row = Record<string, unknown>;

/** More of each element is cut. */
const LONGEST = 2_000;
const cut = (text: string, most = LONGEST) => [...text.trim()].slice(0, most).join('');

/** A date as a package writes it, in the columns of an entry: days only where they can be told. */
export function dateColumns(text: string): Row {
  const said = cut(text, 120);
  if (said === '') return {};
  const { date } = parseArchivalDate(said);
  return { date_text: said, date_from: date?.from ?? null, date_to: date?.to ?? null };
}

/** What a package's finding aid says of the whole. Nothing where it is none that can be read: the file is kept all the same. */
export async function fromEad(tree: FileTree, path: string, scratch: string): Promise<Row> {
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'package-ead-'));
  try {
    const copy = join(folder, 'ead.xml');
    await pipeline(await tree.open(path), createWriteStream(copy));
    for await (const [whole] of (await openEad(copy)).read()) return whole ? rowOf(whole) : {};
    return {};
  } catch (e) {
    if (!isRefusal(e) || !e.code.startsWith('ead.')) throw e;
    return {};
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowOf({ titles, dates, elements, unitIds }: EadDescription): Row {
  const said = (name: string) => elements.get(name)?.join('\n');
  const date = dates.find((d) => d.text !== '')?.text ?? '';
  const description = {
    abstract: said('scopecontent') ?? said('abstract'),
    history: said('bioghist'),
    custody: said('custodhist'),
    arrangement: said('arrangement'),
  };
  const extra = unitIds.length > 0 ? { unitid: cut(unitIds.map((u) => u.text).join('; ')) } : undefined;
  const kept = Object.entries(description).filter(([, text]) => text !== undefined && text !== '');
  return {
    ...(titles[0]?.text ? { title: titles[0].text } : {}),
    ...dateColumns(date),
    ...(said('origination') ? { creator: cut(said('origination') ?? '', 1_000) } : {}),
    description: {
      ...Object.fromEntries(kept.map(([name, text]) => [name, cut(text ?? '', 20_000)])),
      ...(extra ? { extra } : {}),
    },
  };
}

const refusals: XmlRefusals = {
  damaged: (what) => new Refusal('ingest.descriptive', `The description can not be read: ${what}.`),
  forbidden: (what) => new Refusal('ingest.descriptive', `The description is not read, because it ${what}.`),
};

/** What a package's Dublin Core says of the whole; its elements stay under their own names. */
export async function fromDublinCore(tree: FileTree, path: string): Promise<Row> {
  const said = new Map<string, string>();
  const reading = { isContainer: (_: unknown, above: readonly unknown[]) => above.length === 0 };
  try {
    for await (const e of readElements((await tree.open(path)) as AsyncIterable<Buffer>, reading, refusals)) {
      if (e.kind !== 'whole' || said.size >= 100) continue;
      const text = cut(textOf(e.element));
      const before = said.get(e.element.name);
      if (text !== '') said.set(e.element.name, before === undefined ? text : cut(`${before}\n${text}`));
    }
  } catch (e) {
    if (!isRefusal(e) || e.code !== 'ingest.descriptive') throw e;
    return {};
  }
  const first = (name: string) => said.get(name)?.split('\n')[0];
  const extra = Object.fromEntries([...said].map(([name, text]) => [`dc:${name}`, text]));
  return {
    ...(first('title') ? { title: first('title') } : {}),
    ...(first('creator') ? { creator: cut(first('creator') ?? '', 1_000) } : {}),
    ...dateColumns(first('date') ?? ''),
    description: {
      ...(said.has('description') ? { abstract: said.get('description') } : {}),
      ...(said.size > 0 ? { extra } : {}),
    },
  };
}
