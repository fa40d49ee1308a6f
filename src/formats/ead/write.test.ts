import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEadWriter, type EadDescription, openEad } from './index.ts';

const HEAD = {
  recordId: 'r-1',
  title: '移交 <材料>',
  agency: { code: '990111', name: '石桥县档案馆' },
  made: new Date(0),
  software: 'Lantai',
};

interface Node {
  title: string;
  code: string;
  text: string;
  below: Node[];
}

const word = fc
  .stringMatching(/^[A-Za-z0-9 中文&<>"']{0,12}$/)
  .map((s) => `x${s}`.trim().replace(/ +/g, ' '));
const nodeOf = (depth: number): fc.Arbitrary<Node> =>
  fc.record({
    title: word,
    code: word,
    text: word,
    below: depth === 0 ? fc.constant([]) : fc.array(nodeOf(depth - 1), { maxLength: 3 }),
  });
const node = nodeOf(4);

it('writes finding aids that are read again as they were, however deep', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-ead-'));
  const path = join(folder, 'ead.xml');
  const writer = createEadWriter(HEAD);
  const xml = ({ title, code, text, below }: Node): string =>
    writer.open({
      level: 'file',
      codes: [{ text: code }, { text: `${code}-1`, type: 'former' }],
      titles: [title],
      creators: ['某局'],
      dates: [{ text: '1958年', normal: '1958-01-01/1958-12-31' }],
      blocks: [{ element: 'scopecontent', text }],
      objects: [{ href: 'a/1.tif' }, { href: 'a/2.tif' }],
    }) +
    below.map(xml).join('') +
    writer.close();
  const flat = (n: Node, depth: number): [string, number][] => [
    [`${n.title}|${n.code}|${n.text}`, depth],
    ...n.below.flatMap((b) => flat(b, depth + 1)),
  ];
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 3 }), async (nodes) => {
        await writeFile(path, writer.begin() + nodes.map(xml).join('') + writer.end());
        const found: EadDescription[] = [];
        for await (const batch of (await openEad(path)).read()) found.push(...batch);
        const [top, ...rest] = found;
        expect(top).toMatchObject({ recordId: 'r-1', titles: [{ text: '移交 <材料>' }] });
        expect(
          rest.map((d) => [
            `${d.titles[0]?.text}|${d.unitIds[0]?.text}|${d.elements.get('scopecontent')?.[0]}`,
            d.depth,
          ]),
        ).toEqual(nodes.flatMap((n) => flat(n, 2)));
        for (const d of rest)
          expect(d).toMatchObject({ dates: [{ text: '1958年', from: '1958-01-01', to: '1958-12-31' }] });
      }),
      { numRuns: 60 },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
