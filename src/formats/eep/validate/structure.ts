import type { Findings } from '#kernel/findings';
import { homesOf, MIXED, modelFor, type Slot } from '../grammar/models.ts';
import { faultOf, valueRule } from '../grammar/values.ts';
import type { WalkedElement, Walker } from '../reading/walk.ts';
import { addText, type Frame, frameOf, quoted } from './frames.ts';

/** Is told of each element when all of it was read. */
export type Closed = (frame: Frame, around: readonly Frame[]) => void;

const ROOT = '电子文件封装包';
const ROOT_SLOT: Slot = { names: [ROOT], least: 1, most: 1, tolerated: false };
/** Attributes an element may have; true: must. */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  被签名对象: { eep版本: true },
  主题词: { 主题词表名称: false },
  文档数据: { 文档数据ID: false },
  编码: { 编码ID: false },
  编码数据: { 编码数据ID: true, 引用编码数据ID: false },
};

/** Judges elements, their order and number, attributes and values while the document goes by [S:XSD]. */
export class Structure implements Walker {
  readonly #frames: Frame[] = [];
  /** Elements within one that does not belong, and is passed over. */
  #passed = 0;
  readonly #findings: Findings;
  readonly #file: string;
  readonly #closed: Closed;

  constructor(findings: Findings, file: string, closed: Closed) {
    this.#findings = findings;
    this.#file = file;
    this.#closed = closed;
  }

  /** Where something is: `/…/题名:12`, in a folder with the file before it. */
  place(frame: Pick<Frame, 'path' | 'line'>): string {
    return `${this.#file === '' ? '' : `${this.#file}#`}${frame.path}:${frame.line}`;
  }

  open(element: WalkedElement): void {
    if (this.#passed > 0) {
      this.#passed++;
      return;
    }
    const around = this.#frames.at(-1);
    if (around === undefined) {
      this.#root(element);
      return;
    }
    this.#below(element, around);
  }

  text(text: string): void {
    const frame = this.#frames.at(-1);
    if (this.#passed === 0 && frame) addText(frame, text);
  }

  close(): void {
    if (this.#passed > 0) {
      this.#passed--;
      return;
    }
    while (this.#frames.at(-1)?.implied) this.#leave();
    this.#leave();
  }

  #root(element: WalkedElement): void {
    const place = this.place({ path: `/${element.name}`, line: element.line });
    if (element.name !== ROOT) {
      this.#findings.add('error', 'eep.root', place, `The document’s root should be “${ROOT}”.`);
      this.#passed = 1;
      return;
    }
    if (!element.ours)
      this.#findings.add(
        'error',
        'eep.namespace',
        place,
        'The elements are not in the namespace of the standard, http://www.saac.gov.cn/standards/ERM/encapsulation.',
      );
    this.#push(frameOf(element, undefined, ROOT_SLOT), element);
  }

  #below(element: WalkedElement, around: Frame): void {
    const { name } = element;
    const at = around.model?.at.get(name);
    if (at !== undefined) {
      this.#place(element, around, at);
      return;
    }
    if (around.implied && this.#frames.at(-2)?.model?.at.has(name)) {
      this.#leave();
      this.#below(element, this.#frames.at(-1)!);
      return;
    }
    const wrapper = wrapperFor(name, around);
    if (wrapper !== undefined) {
      const slot = around.model!.slots[around.model!.at.get(wrapper)!]!;
      around.counts[around.model!.at.get(wrapper)!]!++;
      const implied = frameOf({ name: wrapper, attributes: [], line: element.line }, around, slot, true);
      this.#add(
        implied,
        'eep.wrapperMissing',
        `“${wrapper}” is left out: what belongs in it, “${name}” and others, stands directly in “${around.name}”.`,
      );
      this.#frames.push(implied);
      this.#below(element, implied);
      return;
    }
    this.#stranger(element, around);
  }

  #place(element: WalkedElement, around: Frame, at: number): void {
    const slot = around.model!.slots[at]!;
    const frame = frameOf(element, around, slot);
    around.counts[at]!++;
    if (around.counts[at]! > slot.most)
      this.#add(frame, 'eep.tooMany', `“${around.name}” may hold “${slot.names.join('” or “')}” once only.`);
    else if (at < around.reached) {
      const before = around.model!.slots[around.reached]!.names.join(' or ');
      this.#add(frame, 'eep.order', `“${element.name}” should stand before “${before}”.`);
    }
    if (slot.tolerated)
      this.#add(
        frame,
        'eep.notInSchema',
        `“${element.name}” is not in the schema of 2009 at this place; other systems write it, and it is read.`,
        'info',
      );
    around.reached = Math.max(around.reached, at);
    this.#push(frame, element);
  }

  #stranger(element: WalkedElement, around: Frame): void {
    const frame = frameOf(element, around, undefined);
    const homes = homesOf(element.name);
    const elsewhere = homes.length > 0 ? ` It has its place in “${homes.slice(0, 3).join('”, “')}”.` : '';
    const what = element.ours ? '' : ' and is not of its namespace';
    this.#add(
      frame,
      'eep.unknownElement',
      `The standard has no “${element.name.slice(0, 60)}” in “${around.name}”${what}.${elsewhere}`,
    );
    this.#passed = 1;
  }

  #push(frame: Frame, element: WalkedElement): void {
    this.#frames.push(frame);
    if (!element.ours && frame.name !== ROOT) this.#foreign(frame);
    const allowed = ATTRIBUTES[frame.name] ?? {};
    for (const [name, must] of Object.entries(allowed))
      if (must && !frame.attributes.has(name))
        this.#add(frame, 'eep.missing', `“${frame.name}” needs the attribute “${name}”.`);
    for (const name of frame.attributes.keys())
      if (!Object.hasOwn(allowed, name))
        this.#add(
          frame,
          'eep.unknownAttribute',
          `“${frame.name}” has the attribute “${name.slice(0, 60)}”, which the standard does not know.`,
        );
  }

  /** Said once a document is enough: usually all of it is so. */
  #foreign(frame: Frame): void {
    if (this.#findings.count('eep.namespace') === 0)
      this.#add(frame, 'eep.namespace', `“${frame.name}” is not in the namespace of the standard.`);
  }

  #leave(): void {
    const frame = this.#frames.pop()!;
    const { name, model } = frame;
    if (model) {
      model.slots.forEach((slot, i) => {
        if (slot.least > frame.counts[i]!)
          this.#add(frame, 'eep.missing', `“${name}” lacks “${slot.names.join('” or “')}”.`);
      });
      if (frame.text.trim() !== '' && !MIXED.has(name))
        this.#add(frame, 'eep.strayText', `“${name}” holds text beside its elements: ${quoted(frame.text)}.`);
    } else if (modelFor(name) === undefined) this.#value(frame);
    const around = this.#frames.at(-1);
    if (around && !model && !around.values.has(name)) around.values.set(name, frame.text);
    this.#closed(frame, this.#frames);
  }

  #value(frame: Frame): void {
    const { name, text, slot, base64 } = frame;
    if (base64) base64.end();
    if (text.trim() === '') {
      // What is missing of the data itself is said with what is known of it.
      if (name === '编码数据') return;
      if (slot?.least === 1) this.#add(frame, 'eep.empty', `“${name}” is required and says nothing.`);
      else if (valueRule(name).kind !== 'any' || valueRule(name).oneOf) {
        const fault = faultOf(valueRule(name), text);
        if (fault) this.#add(frame, 'eep.value', `“${name}” is empty; where it stands it ${fault}.`);
      }
      return;
    }
    const fault = base64 ? base64.fault : faultOf(valueRule(name), text);
    if (fault === undefined) return;
    if (base64) this.#add(frame, 'eep.base64', `“${name}” ${fault}.`);
    else this.#add(frame, 'eep.value', `“${name}” says ${quoted(text)}; it ${fault}.`);
  }

  #add(frame: Frame, code: string, message: string, severity: 'error' | 'info' = 'error'): void {
    this.#findings.add(severity, code, this.place(frame), message);
  }
}

/** The element that should have held `name` and was left out: one of those still to come in `around`. */
function wrapperFor(name: string, around: Frame): string | undefined {
  const { model } = around;
  if (!model) return undefined;
  const candidates = model.slots.flatMap((slot, i) =>
    slot.least === 1 || slot.most > 1 || around.counts[i] === 0 ? slot.names : [],
  );
  const found = candidates.filter((c) => {
    const at = model.at.get(c)!;
    return around.counts[at]! < model.slots[at]!.most && modelFor(c)?.at.has(name);
  });
  return found.length === 1 ? found[0] : undefined;
}
