import { Refusal } from '#kernel/errors';
import { modelFor } from '../grammar/models.ts';
import { isBase64 } from '../grammar/values.ts';
import { type EepLayer, type EepNode, eepAt, eepValue } from '../model.ts';
import { bytesSource, type EepSource } from './source.ts';
import { Unreadable, type WalkedElement, type Walker, walk } from './walk.ts';

/** Characters and elements of metadata that are held. */
const MOST_TEXT = 32 * 1024 * 1024;
const MOST_NODES = 500_000;

export interface EepPackage {
  /** Innermost first; the last one says what is so now. */
  readonly layers: readonly EepLayer[];
  readonly lock: EepNode | undefined;
}

/** What is being put together. */
interface Making {
  name: string;
  text: string;
  attributes: Record<string, string>;
  children: EepNode[];
}

class Tree implements Walker {
  root: EepNode | undefined;
  readonly #open: Making[] = [];
  #text = 0;
  #nodes = 0;

  open({ name, attributes }: WalkedElement): void {
    if (++this.#nodes > MOST_NODES) throw tooLarge();
    const said = Object.fromEntries(attributes.map((a) => [a.name, a.value]));
    this.#measure(attributes.reduce((sum, a) => sum + a.name.length + a.value.length, name.length));
    this.#open.push({ name, text: '', attributes: said, children: [] });
  }

  text(text: string): void {
    const at = this.#open.at(-1);
    // The files themselves are not metadata.
    if (!at || at.name === '编码数据') return;
    const more = isBase64(at.name) ? text.replace(/\s+/g, '') : text;
    if (modelFor(at.name) && more.trim() === '') return;
    this.#measure(more.length);
    at.text += more;
  }

  close(): void {
    const { name, text, attributes, children } = this.#open.pop()!;
    const held = children.length > 0 || modelFor(name) !== undefined;
    const node: EepNode = {
      name,
      ...(held ? { children } : {}),
      ...((held && text.trim() === '') || name === '编码数据' ? {} : { text: held ? text.trim() : text }),
      ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    };
    const around = this.#open.at(-1);
    if (around) around.children.push(node);
    else this.root = node;
  }

  #measure(more: number): void {
    this.#text += more;
    if (this.#text > MOST_TEXT) throw tooLarge();
  }
}

/**
 * The metadata of all layers, the files' bytes left out (`takeFiles`). Lenient: what the standard does not know is kept where
 * it stands, and what it asks for may be missing.
 *
 * @throws Refusal `eep.unreadable` (no well-formed EEP), `eep.tooLarge` (more metadata than is held)
 */
export async function readEep(source: EepSource): Promise<EepPackage> {
  const tree = new Tree();
  try {
    await walk(source, tree);
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause;
    throw new Refusal('eep.unreadable', `The package can not be read: ${cause.message}`, {}, { cause });
  }
  const { root } = tree;
  const outermost = eepAt(root, '被签名对象');
  if (root?.name !== '电子文件封装包' || !outermost)
    throw new Refusal(
      'eep.unreadable',
      'The file is no EEP: it holds no “电子文件封装包” with “被签名对象”.',
    );
  const layers: { object: EepNode; block: EepNode | undefined }[] = [];
  for (let holder: EepNode | undefined = root; holder; ) {
    const object: EepNode | undefined = eepAt(holder, '被签名对象');
    if (!object) break;
    layers.push({ object, block: eepAt(holder, '电子签名块') });
    holder = eepAt(object, '修改封装内容', '原封装包');
  }
  layers.reverse();
  return {
    layers: layers.map(({ object, block }, number) => layerOf(object, block, number)),
    lock: eepAt(root, '锁定签名'),
  };
}

function layerOf(object: EepNode, block: EepNode | undefined, number: number): EepLayer {
  const content = eepAt(object, '封装内容') ?? eepAt(object, '修改封装内容', '修订内容');
  const records = eepAt(content, '文件实体块');
  const agents = eepAt(content, '机构人员实体块');
  const named = (of: EepNode | undefined, name: string) => of?.children?.filter((c) => c.name === name) ?? [];
  return {
    number,
    type: eepValue(object, '封装包类型').trim(),
    typeDescription: eepValue(object, '封装包类型描述').trim(),
    createdAt: eepValue(object, '封装包创建时间').trim(),
    createdBy: eepValue(object, '封装包创建单位'),
    // Some systems leave 文件实体 out and put its elements into the block itself.
    record: eepAt(records, '文件实体') ?? { name: '文件实体', children: records?.children ?? [] },
    recordRelations: named(records, '文件实体关系'),
    events: named(eepAt(content, '业务实体块'), '业务实体'),
    agents: named(agents, '机构人员实体'),
    agentRelations: named(agents, '机构人员实体关系'),
    signatures: named(block, '电子签名'),
  };
}

/** Whether bytes begin an EEP: an XML document whose root is 电子文件封装包. @param head the first kilobytes */
export async function beginsAsEep(head: Buffer): Promise<boolean> {
  let root: string | undefined;
  try {
    await walk(bytesSource(head), {
      open({ name }) {
        root ??= name;
      },
      text() {},
      close() {},
    });
  } catch (e) {
    // It breaks off here: only its beginning was asked for.
    if (!(e instanceof Unreadable)) throw e;
  }
  return root === '电子文件封装包';
}

function tooLarge(): Refusal {
  return new Refusal('eep.tooLarge', 'The package holds more metadata than can be read at once.', {
    characters: MOST_TEXT,
    elements: MOST_NODES,
  });
}
