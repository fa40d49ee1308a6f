import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  OAI_ERRORS,
  type OaiErrorCode,
  type OaiReply,
  readOaiRequest,
  writeOaiDc,
  writeOaiReply,
} from '#formats/oai';
import { attributeOf, childOf, childrenOf, readElements, type XmlElement } from '#formats/xml';
import { Refusal } from '#kernel/errors';

const corpora = process.env.LANTAI_CORPORA;
const root = join(corpora ?? '', 'oai-pmh');
const files = corpora
  ? readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.xml'))
  : [];
const OAI = 'http://www.openarchives.org/OAI/2.0/';
const damaged = (what: string) => new Refusal('test.damaged', what);

async function documentOf(bytes: AsyncIterable<Buffer>): Promise<XmlElement> {
  const reading = { isContainer: () => false };
  for await (const e of readElements(bytes, reading, { damaged, forbidden: damaged }))
    if (e.kind === 'whole') return e.element;
  throw damaged('no element');
}
const ours = (xml: string) => documentOf((async function* () { yield Buffer.from(xml); })()); // biome-ignore format: one line

const header = { identifier: 'oai:a:1', datestamp: new Date(0), sets: ['a'], deleted: false };
const resumption = { token: 'x', cursor: 0, completeListSize: 1 };
/** An answer of ours to each verb that leaves nothing out. */
const FULL: Readonly<Record<string, OaiReply>> = {
  Identify: {
    kind: 'Identify',
    identity: {
      repositoryName: 'r',
      baseUrl: 'http://a/',
      adminEmails: ['a@b'],
      earliestDatestamp: new Date(0),
      identifiers: { repository: 'a', sample: 'oai:a:1' },
    },
  },
  ListSets: { kind: 'ListSets', sets: [{ spec: 'a', name: 'b' }], resumption },
  GetRecord: { kind: 'GetRecord', record: { header, metadata: writeOaiDc({ title: ['t'] }) } },
  ListIdentifiers: { kind: 'ListIdentifiers', headers: [{ ...header, deleted: true }], resumption },
  ListRecords: {
    kind: 'ListRecords',
    records: [{ header: { ...header, deleted: true } }, { header, metadata: writeOaiDc({ title: ['t'] }) }],
    resumption,
  },
};

/** Of each element of the protocol: the names of its children in their order, and its attributes. What records hold is others'. */
function shapeOf(e: XmlElement, path = '', into = new Map<string, { below: string[]; said: Set<string> }>()) {
  const here = `${path}/${e.name}`;
  const shape = into.get(here) ?? { below: [], said: new Set() };
  into.set(here, shape);
  for (const a of e.attributes) if (!/^xmlns|^xsi:/.test(a.name)) shape.said.add(a.name);
  for (const child of childrenOf(e)) {
    if (!child.space.startsWith(OAI) || child.space.endsWith('/oai_dc/')) continue;
    if (!shape.below.includes(child.name)) shape.below.push(child.name);
    shapeOf(child, here, into);
  }
  return into;
}
/** Whether all names of a stand in b, in the order of a. */
const inOrder = (a: readonly string[], b: readonly string[]) =>
  b.filter((name) => a.includes(name)).join() === a.join();

describe.skipIf(!corpora)('answers of other repositories (skipped without LANTAI_CORPORA)', () => {
  it('are there', () => expect(files.length).toBeGreaterThanOrEqual(19));

  it.each(files)('%s has the shape of our answer to the same request', async (file) => {
    const reading = documentOf(createReadStream(join(root, file)));
    if (file.endsWith('ListRecordsBroken.xml')) {
      await expect(reading).rejects.toThrow();
      return;
    }
    const theirs = await reading;
    const asked = Object.fromEntries(
      (childOf(theirs, 'request')?.attributes ?? []).map((a) => [a.name, a.value]),
    );
    const error = childOf(theirs, 'error');
    const read = readOaiRequest(new URLSearchParams(asked).toString());
    const theirCode = error && attributeOf(error, 'code');
    const known = OAI_ERRORS.find((code) => code === theirCode);
    const head = { baseUrl: 'http://a/', at: new Date(0), arguments: asked };
    let reply: OaiReply;
    if (!read.ok) {
      // Two of them answer a request that names a day that is none; one by a code there is not.
      expect(read.errors.map((e) => e.code)).toEqual(['badArgument']);
      expect([undefined, 'badArgument']).toContain(known);
      reply = { kind: 'errors', errors: read.errors };
    } else if (theirCode) {
      reply = { kind: 'errors', errors: [{ code: known as OaiErrorCode, message: 'x' }] };
    } else reply = FULL[asked.verb ?? '']!;
    const mine = await ours(writeOaiReply(head, reply));
    expect([mine.name, mine.space]).toEqual([theirs.name, OAI]);
    if (known) expect(childrenOf(mine, 'error').map((e) => attributeOf(e, 'code'))).toEqual([known]);
    const shape = shapeOf(mine);
    for (const [path, { below, said }] of shapeOf(theirs)) {
      expect(shape.has(path), path).toBe(true);
      expect(inOrder(below, shape.get(path)!.below), `${path}: ${below.join()}`).toBe(true);
      // Of a request that could not be read nothing is repeated (section 3.6), though some do.
      if (!path.endsWith('/request') || read.ok)
        for (const name of said) expect([...shape.get(path)!.said, 'expirationDate'], path).toContain(name);
    }
  });
});
