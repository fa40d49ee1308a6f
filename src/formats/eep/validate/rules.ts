import type { Findings } from '#kernel/findings';
import { momentOf } from '../grammar/values.ts';
import {
  EXTERNAL_KEYWORD,
  FIXED_VERSION,
  ORIGINAL,
  ORIGINAL_DESCRIPTION,
  REVISED,
  REVISED_PHRASE,
} from '../grammar/words.ts';
import { nameOf } from '../reading/source.ts';
import { type Frame, quoted } from './frames.ts';
import { References } from './references.ts';

/** A file whose digest stands in the package in place of its bytes. */
export interface External {
  name: string;
  sha256: string;
  size: string;
  place: string;
}

/** External files that are looked for. */
const MOST_EXTERNAL = 100_000;

/** What an EEP has to be beyond its elements: types, layers, identifiers, references, data [S:XSD]. */
export class Rules {
  /** Objects to sign that were read to the end: innermost first. */
  layers = 0;
  documents = 0;
  dataBytes = 0;
  readonly external: External[] = [];
  readonly #findings: Findings;
  readonly #place: (frame: Frame) => string;
  readonly #references: References;
  #innerTime: Date | undefined;

  constructor(findings: Findings, place: (frame: Frame) => string) {
    this.#findings = findings;
    this.#place = place;
    this.#references = new References(findings, place);
  }

  closed(frame: Frame, around: readonly Frame[]): void {
    const rule = CLOSING[frame.name];
    if (rule) rule.call(this, frame, around);
    this.#references.closed(frame, around);
  }

  /** The document is at its end. */
  end(): void {
    this.#references.end();
  }

  error(frame: Frame, code: string, message: string): void {
    this.#findings.add('error', code, this.#place(frame), message);
  }

  warning(frame: Frame, code: string, message: string): void {
    this.#findings.add('warning', code, this.#place(frame), message);
  }

  place(frame: Frame): string {
    return this.#place(frame);
  }

  /** The object that is signed: a layer is at its end. */
  layer(frame: Frame): void {
    const { values, children } = frame;
    const type = values.get('封装包类型')?.trim() ?? '';
    const description = values.get('封装包类型描述')?.trim() ?? '';
    const version = frame.attributes.get('eep版本');
    if (version !== undefined && version.trim() !== FIXED_VERSION)
      this.error(frame, 'eep.value', `The attribute “eep版本” says ${quoted(version)}; it should be “2009”.`);
    const says = children.has('封装内容') ? ORIGINAL : children.has('修改封装内容') ? REVISED : undefined;
    if (says !== undefined && type !== says && (type === ORIGINAL || type === REVISED))
      this.error(
        frame,
        'eep.typeMismatch',
        `“封装包类型” says “${type}”, and the content is that of “${says}”.`,
      );
    const fits =
      type === REVISED ? description.includes(REVISED_PHRASE) : description === ORIGINAL_DESCRIPTION;
    if (description !== '' && (type === ORIGINAL || type === REVISED) && !fits)
      this.error(
        frame,
        'eep.typeDescription',
        `“封装包类型描述” should ${type === REVISED ? 'contain' : 'be'} “${type === REVISED ? REVISED_PHRASE : ORIGINAL_DESCRIPTION}”.`,
      );
    const time = momentOf(values.get('封装包创建时间') ?? '');
    if (time && this.#innerTime && time < this.#innerTime)
      this.warning(frame, 'eep.layerTime', 'This layer is dated before the package it was put around.');
    if (time) this.#innerTime = time;
    this.layers++;
  }

  revision(frame: Frame): void {
    const said = frame.values.get('修改标识符')?.trim();
    const due = `修改${this.layers}`;
    if (said !== undefined && said !== '' && said !== due)
      this.error(frame, 'eep.layerNumber', `“修改标识符” says ${quoted(said)}; this layer is “${due}”.`);
  }

  code(frame: Frame): void {
    if (!frame.values.has('室编件号') && !frame.values.has('馆编件号'))
      this.error(frame, 'eep.missing', '“档号” needs “室编件号” or “馆编件号”.');
  }

  /** One computer file. */
  coding(frame: Frame): void {
    const data = frame.data;
    const name = frame.values.get('计算机文件名')?.trim() ?? '';
    const keyword = frame.values.get('反编码关键字')?.trim() ?? '';
    if (keyword === EXTERNAL_KEYWORD && data && !data.empty) {
      const size = frame.values.get('计算机文件大小')?.trim() ?? '';
      const sha256 = Buffer.from(data.start, 'base64').toString('hex');
      if (data.bytes !== 32)
        this.error(frame, 'eep.digest', '“编码数据” should be the SHA-256 of a file, 32 bytes in Base64.');
      else if (this.external.length < MOST_EXTERNAL)
        this.external.push({ name: nameOf(name), sha256, size, place: this.#place(frame) });
      return;
    }
    if (keyword !== '' && !/^base64-[\p{L}\p{N}.+_-]+$/u.test(keyword))
      this.error(
        frame,
        'eep.encodingKeyword',
        `“反编码关键字” says ${quoted(keyword)}; it should be “base64-” and the file’s format.`,
      );
    else if (keyword !== '') this.#formatOf(frame, keyword, name);
    if (data && !data.empty) {
      if (!data.isBroken) this.#sizeOf(frame, data.bytes);
    } else if (data?.refersTo !== undefined)
      this.#references.borrowed(frame, data.refersTo, frame.values.get('计算机文件大小'));
    // An empty file is held by holding nothing.
    else if (Number(frame.values.get('计算机文件大小') || 1) !== 0)
      this.error(frame, 'eep.noData', `The package does not hold the file ${quoted(name)} itself.`);
  }

  #formatOf(frame: Frame, keyword: string, name: string): void {
    const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
    const format = keyword.slice('base64-'.length).toLowerCase();
    if (extension !== undefined && extension !== format)
      this.warning(
        frame,
        'eep.formatDiffers',
        `“反编码关键字” says “${format}”, and the file is called ${quoted(name)}.`,
      );
  }

  #sizeOf(frame: Frame, bytes: number): void {
    const said = frame.values.get('计算机文件大小')?.trim() ?? '';
    if (/^\d{1,15}$/.test(said) && Number(said) !== bytes)
      this.error(frame, 'eep.size', `“计算机文件大小” says ${said}, and the data is ${bytes} bytes.`);
  }

  signatures(frame: Frame): void {
    const { children } = frame;
    if (children.has('电子签名块') !== children.has('锁定签名'))
      this.error(
        frame,
        'eep.signaturePair',
        children.has('锁定签名')
          ? '“锁定签名” is there without the “电子签名块” it should lock.'
          : '“电子签名块” is there without “锁定签名”: signatures could be taken away or exchanged.',
      );
    else if (!children.has('电子签名块'))
      this.warning(frame, 'eep.unsigned', 'The package carries no signature: nobody vouches for it.');
  }
}

const CLOSING: Readonly<Record<string, (this: Rules, frame: Frame, around: readonly Frame[]) => void>> = {
  被签名对象: Rules.prototype.layer,
  修改封装内容: Rules.prototype.revision,
  档号: Rules.prototype.code,
  电子属性(frame, around) {
    for (const name of ['计算机文件名', '计算机文件大小'])
      around.at(-1)?.values.set(name, frame.values.get(name) ?? '');
  },
  编码(frame) {
    this.coding(frame);
  },
  编码数据(frame, around) {
    const coding = around.at(-1);
    if (!coding || !frame.base64) return;
    coding.data = {
      bytes: frame.base64.bytes,
      empty: frame.text.trim() === '',
      isBroken: frame.base64.fault !== undefined,
      start: frame.text.trim(),
      refersTo: frame.attributes.get('引用编码数据ID'),
    };
    this.dataBytes += frame.base64.bytes;
  },
  文档() {
    this.documents++;
  },
  电子文件封装包: Rules.prototype.signatures,
};
