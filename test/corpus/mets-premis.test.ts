import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { isMetadata, metadataOf, readMets, validateMets } from '#formats/mets';
import { premisElements, readPremis, validatePremis, wrappedPremis } from '#formats/premis';
import { type ElementEvent, writeElements, type XmlElement } from '#formats/xml';

const corpora = process.env.LANTAI_CORPORA;
const root = join(corpora ?? '', 'mets-premis');
const files = corpora
  ? readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.xml'))
  : [];
const isMets = (file: string) => /<(?:\w+:)?mets[\s>]/.test(textOf(file));
const textOf = (file: string) => readFileSync(join(root, file), 'utf8').replace(/<!--[\s\S]*?-->/g, '');
const mets = files.filter(isMets);
const premis = files.filter((f) => !isMets(f));

/** Counted by a pattern, which knows nothing of XML. */
const tags = (text: string, name: string, prefix = '(?:[\\w.]+:)?') =>
  [...text.matchAll(new RegExp(`<${prefix}${name}[\\s/>]`, 'g'))].length;
/** Of PREMIS by a usual prefix, or by the namespace in the tag itself; unprefixed within METS, it would be METS. */
const wrapped = (text: string, name: string) =>
  tags(text, name, '(?:premis|prem|v3):') +
  [...text.matchAll(new RegExp(`<${name}\\s[^>]*xmlns="[^"]*premis[^"]*"`, 'g'))].length;

/** What is wrong with documents of the corpus, by the schema of their version. */
const WRONG: readonly [file: RegExp, message: RegExp][] = [
  // An empty type; "fixity" after "size"; events after agents.
  [/^commons-ip.premis\.xml$/, /^The event has no type|^"(fixity|event)" stands in .* behind/],
  // In version 3 under the name of version 2.
  [/urn_roda_premis_representation_representation(_2)?\.xml$/, /^"relatedEventIdentification" stands/],
  // A level that says its type and no value.
  [/external_files\.jsonl\.xml$/, /lacks its "preservationLevelValue"/],
];
const known = (file: string, message: string) =>
  WRONG.some(([of, what]) => of.test(file) && what.test(message));

const plain = (e: XmlElement): unknown => [
  e.tag,
  e.attributes.map((a) => [a.name, a.value]),
  e.children.map((c) => ('tag' in c ? plain(c) : 'raw' in c ? { raw: c.raw } : c)),
];
const said = (events: readonly ElementEvent[]) =>
  events.map((e) => (e.kind === 'stray' ? e.text : e.kind === 'close' ? 'close' : plain(e.element)));

describe.skipIf(!corpora)('METS and PREMIS of other systems (skipped without LANTAI_CORPORA)', () => {
  it.each(mets)('%s is read whole and written again without loss', async (file) => {
    const text = textOf(file);
    const read = await Array.fromAsync(readMets(createReadStream(join(root, file))));
    const elements = read.flatMap((e) => (e.kind === 'open' || e.kind === 'whole' ? [e.element] : []));
    for (const name of ['dmdSec', 'amdSec', 'div', 'file', 'techMD', 'digiprovMD', 'rightsMD'])
      expect(elements.filter((e) => e.name === name).length, name).toBe(
        tags(text, name, /<(\w+:)?mets[\s>]/.exec(text)![1] ?? ''),
      );
    const { counts } = await validateMets(createReadStream(join(root, file)), file);
    expect(counts.files).toBe(elements.filter((e) => e.name === 'file').length);
    const again = (await Array.fromAsync(writeElements(read))).join('');
    expect(said(await Array.fromAsync(readMets(Readable.from([Buffer.from(again)]))))).toEqual(said(read));
  });

  it.each(mets)('%s gives the PREMIS it wraps', async (file) => {
    const text = textOf(file);
    const found = { object: 0, event: 0, agent: 0, rights: 0 };
    for await (const e of readMets(createReadStream(join(root, file)))) {
      if (e.kind !== 'whole' || !isMetadata(e.element)) continue;
      for (const { content } of metadataOf(e.element).wrapped)
        for (const child of content.children)
          for await (const { entity } of wrappedPremis(child)) {
            found[entity.kind]++;
            if (entity.kind !== 'rights') expect(entity.identifiers.length).toBeGreaterThan(0);
          }
    }
    expect(found).toEqual({
      object: wrapped(text, 'object'),
      event: wrapped(text, 'event'),
      agent: wrapped(text, 'agent'),
      rights: Math.max(wrapped(text, 'rightsStatement'), wrapped(text, 'rights')),
    });
  });

  it.each(premis)('%s is read whole and written again without loss', async (file) => {
    const text = textOf(file);
    const bytes = () => createReadStream(join(root, file));
    const report = await validatePremis(bytes(), file);
    expect(report.findings.map((f) => f.message).filter((m) => !known(file, m))).toEqual([]);
    expect(report.counts).toEqual({
      object: tags(text, 'object'),
      event: tags(text, 'event'),
      agent: tags(text, 'agent'),
      rights: tags(text, 'rights'),
    });
    for await (const { entity } of readPremis(bytes())) {
      if (entity.kind === 'event') expect(entity.at).toMatch(/^\d{4}-/);
      if (entity.kind === 'object' && entity.category === 'file')
        expect(entity.characteristics.flatMap((c) => c.fixity).length).toBe(
          tags(text, 'fixity') / tags(text, 'object'),
        );
      if (entity.kind === 'agent') expect(entity.names.length).toBeGreaterThan(0);
    }
    const read = await Array.fromAsync(premisElements(bytes()));
    const again = (await Array.fromAsync(writeElements(read))).join('');
    expect(said(await Array.fromAsync(premisElements(Readable.from([Buffer.from(again)]))))).toEqual(
      said(read),
    );
  });
});
