import { FIXED_VERSION, REVISED, REVISED_DESCRIPTION } from '../grammar/words.ts';
import type { EepInput } from '../model.ts';
import type { EepSource } from '../reading/source.ts';
import { outlineOf } from './outline.ts';
import { copyRange } from './ranges.ts';
import { blocksOf, encoderOf, headXml, nodeXml } from './write.ts';

/**
 * Puts a new layer around a package (修改型), unsigned: the former signed object and its signatures stay byte for byte; a
 * lock has no place inside and is left out [S:XSD].
 *
 * @param revision made for the layer: number `layers` of the package (`documentsNode(layers, …)`)
 * @throws Refusal `eep.unreadable`, `eep.unknownEncoding`, `eep.unwritable`
 */
export async function* wrapEep(source: EepSource, revision: EepInput): AsyncGenerator<Buffer> {
  const blocks = blocksOf(revision, '修订内容');
  const { encoding, prefix: p, layers, object, signatures, rootEnd } = await outlineOf(source);
  const encode = encoderOf(encoding);
  yield* copyRange(source, { from: 0, to: object.from });
  yield encode(
    `<${p}被签名对象 eep版本="${FIXED_VERSION}">\n${headXml(revision, REVISED, REVISED_DESCRIPTION, p)}`,
  );
  yield encode(
    `    <${p}修改封装内容>\n      <${p}修改标识符>修改${layers}</${p}修改标识符>\n      <${p}原封装包>`,
  );
  yield* copyRange(source, object);
  if (signatures) {
    yield encode('\n');
    yield* copyRange(source, signatures);
  }
  yield encode(`</${p}原封装包>\n`);
  for await (const piece of nodeXml(blocks, '      ', p)) yield encode(piece);
  yield encode(`    </${p}修改封装内容>\n  </${p}被签名对象>\n`);
  yield* copyRange(source, { from: rootEnd, to: Number.POSITIVE_INFINITY });
}
