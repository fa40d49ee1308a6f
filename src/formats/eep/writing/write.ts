import { attributes, xmlText } from '#formats/xml';
import { encodeGb18030 } from '#kernel/gb18030';
import {
  FIXED_VERSION,
  FORMAT_DESCRIPTION,
  NAMESPACE,
  ORIGINAL,
  ORIGINAL_DESCRIPTION,
} from '../grammar/words.ts';
import { type EepBody, type EepInput, type EepNode, eepNode } from '../model.ts';
import { writable } from './writable.ts';

export type EepEncoding = 'utf-8' | 'gb18030';

/** Turns text into bytes of a document. */
export const encoderOf = (encoding: EepEncoding): ((text: string) => Buffer) =>
  encoding === 'gb18030' ? encodeGb18030 : (text) => Buffer.from(text, 'utf8');

/**
 * An original package (原始型), unsigned, as a stream of bytes; the files are read as their turn comes.
 *
 * @throws Refusal `eep.unwritable` before the first byte, where the standard would not allow it
 */
export async function* writeEep(input: EepInput, encoding: EepEncoding = 'utf-8'): AsyncGenerator<Buffer> {
  const blocks = blocksOf(input, '封装内容');
  const encode = encoderOf(encoding);
  const label = encoding === 'gb18030' ? 'GB18030' : 'UTF-8';
  yield encode(
    `<?xml version="1.0" encoding="${label}"?>\n<电子文件封装包 xmlns="${NAMESPACE}">\n` +
      `  <封装包格式描述>${FORMAT_DESCRIPTION}</封装包格式描述>\n  <版本>${FIXED_VERSION}</版本>\n` +
      `  <被签名对象 eep版本="${FIXED_VERSION}">\n`,
  );
  yield encode(headXml(input, ORIGINAL, ORIGINAL_DESCRIPTION, ''));
  for await (const piece of nodeXml(blocks, '    ', '')) yield encode(piece);
  yield encode('  </被签名对象>\n</电子文件封装包>\n');
}

/** What every layer begins with. `prefix` is that of its elements, with colon. */
export function headXml(input: EepInput, type: string, description: string, prefix: string): string {
  const leaf = (name: string, text: string) => {
    writable({ name, text });
    return `    <${prefix}${name}>${xmlText(text)}</${prefix}${name}>\n`;
  };
  return (
    leaf('封装包类型', type) +
    leaf('封装包类型描述', description) +
    leaf('封装包创建时间', input.createdAt) +
    leaf('封装包创建单位', input.createdBy)
  );
}

/** 封装内容 or 修订内容. @throws Refusal `eep.unwritable` */
export function blocksOf(body: EepBody, name: '封装内容' | '修订内容'): EepNode {
  return writable(
    eepNode(name, [
      eepNode('文件实体块', [body.record, ...(body.recordRelations ?? [])]),
      eepNode('业务实体块', body.events),
      eepNode('机构人员实体块', [...body.agents, ...(body.agentRelations ?? [])]),
    ]),
  );
}

/** Characters that are gathered before they are passed on. */
const PIECE = 64 * 1024;

/** An element with all it holds, in pieces. */
export async function* nodeXml(node: EepNode, indent: string, prefix: string): AsyncGenerator<string> {
  let gathered = '';
  for await (const piece of pieces(node, indent, prefix)) {
    gathered += piece;
    if (gathered.length < PIECE) continue;
    yield gathered;
    gathered = '';
  }
  if (gathered !== '') yield gathered;
}

async function* pieces(node: EepNode, indent: string, prefix: string): AsyncGenerator<string> {
  const tag = `${prefix}${node.name}`;
  const open = `${indent}<${tag}${attributes(node.attributes ?? {})}`;
  if (node.children) {
    yield `${open}>\n`;
    // Text beside children has no place of its own in what is read: it comes first.
    if (node.text !== undefined && node.text.trim() !== '') yield `${xmlText(node.text)}\n`;
    for (const child of node.children) yield* pieces(child, `${indent}  `, prefix);
    yield `${indent}</${tag}>\n`;
  } else if (node.data) {
    yield `${open}>`;
    yield* base64(await node.data());
    yield `</${tag}>\n`;
  } else if (node.text === undefined || node.text === '') yield `${open}/>\n`;
  else yield `${open}>${xmlText(node.text)}</${tag}>\n`;
}

/** Lines of 76 characters, as RFC 2045 asks. */
const LINE = 57;

async function* base64(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let left: Buffer = Buffer.alloc(0);
  const lines = (of: Buffer) => of.toString('base64').replace(/.{76}/g, '$&\n');
  for await (const piece of bytes) {
    const all = left.length > 0 ? Buffer.concat([left, piece]) : Buffer.from(piece);
    const whole = all.length - (all.length % LINE);
    left = all.subarray(whole);
    if (whole > 0) yield lines(all.subarray(0, whole));
  }
  if (left.length > 0) yield left.toString('base64');
}
