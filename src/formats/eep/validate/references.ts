import type { Findings } from '#kernel/findings';
import { type Frame, quoted } from './frames.ts';

/** Identifiers and references that are remembered. */
const MOST = 400_000;

interface Pending {
  readonly id: string;
  readonly place: string;
  readonly from: string;
}

/** Elements and attributes of type `xs:ID`: each value once in a document. */
const IDS = ['文档标识符', '修改标识符', '签名标识符'] as const;
const ID_ATTRIBUTES: Readonly<Record<string, string>> = {
  文档数据: '文档数据ID',
  编码: '编码ID',
  编码数据: '编码数据ID',
};
/** The form of identifiers; R is the number of modifications. */
const FORMS: Readonly<Record<string, { form: RegExp; like: string }>> = {
  文档数据ID: { form: /^修改(\d+)-文档\d+-文档数据\d+$/, like: '修改R-文档i-文档数据j' },
  编码ID: { form: /^修改(\d+)-文档\d+-文档数据\d+-编码\d+$/, like: '修改R-文档i-文档数据j-编码k' },
  签名标识符: { form: /^修改(\d+)-签名\d+$/, like: '修改R-签名S' },
};

/** Identifiers of one document and what refers to them. */
export class References {
  readonly #findings: Findings;
  readonly #place: (frame: Frame) => string;
  readonly #ids = new Set<string>();
  readonly #agents = new Set<string>();
  readonly #records = new Set<string>();
  /** Bytes of data by identifier. */
  readonly #data = new Map<string, number>();
  readonly #toAgents: Pending[] = [];
  readonly #toRecords: Pending[] = [];
  readonly #toSignatures: Pending[] = [];
  readonly #signatures = new Set<string>();
  readonly #borrowed: (Pending & { size: string })[] = [];
  #layers = 0;
  #remembered = 0;

  constructor(findings: Findings, place: (frame: Frame) => string) {
    this.#findings = findings;
    this.#place = place;
  }

  closed(frame: Frame, around: readonly Frame[]): void {
    const { name } = frame;
    const text = frame.model === undefined ? frame.text.trim() : '';
    const outer = around.at(-1)?.name;
    if (name === '被签名对象') this.#layers++;
    if (IDS.some((id) => id === name)) this.#id(frame, text, name);
    const attribute = ID_ATTRIBUTES[name];
    if (attribute !== undefined) {
      const id = frame.attributes.get(attribute);
      if (id !== undefined) this.#id(frame, id.trim(), attribute);
      else if (name !== '编码数据' && !frame.implied)
        this.#say('warning', 'eep.idMissing', frame, `“${name}” has no “${attribute}” to be named by.`);
    }
    if (name === '编码数据' && text !== '' && frame.base64)
      this.#remember(() =>
        this.#data.set(frame.attributes.get('编码数据ID')?.trim() ?? '', frame.base64!.bytes),
      );
    if (text === '') return;
    if (name === '签名标识符') this.#signatures.add(text);
    if (name === '被锁定签名标识符') this.#pend(this.#toSignatures, frame, text);
    if (name === '电子文件号') this.#remember(() => this.#records.add(text));
    if (name === '机构人员标识符' && outer === '机构人员实体') this.#agent(frame, text);
    else if (name === '机构人员标识符' || name === '被关联机构人员标识符')
      this.#pend(this.#toAgents, frame, text);
    if (name === '文件标识符') this.#pend(this.#toRecords, frame, text);
  }

  /** A file whose data stands under another identifier. */
  borrowed(frame: Frame, id: string, size = ''): void {
    this.#remember(() =>
      this.#borrowed.push({ id: id.trim(), place: this.#place(frame), from: '引用编码数据ID', size }),
    );
  }

  end(): void {
    const lost = (pending: readonly Pending[], known: ReadonlySet<string>, what: string) => {
      for (const { id, place, from } of pending)
        if (!known.has(id))
          this.#findings.add(
            'error',
            'eep.reference',
            place,
            `“${from}” names ${quoted(id)}; there is no such ${what}.`,
          );
    };
    lost(this.#toAgents, this.#agents, '机构人员实体');
    lost(this.#toSignatures, this.#signatures, '电子签名');
    for (const { id, place, from } of this.#toRecords)
      if (!this.#records.has(id))
        this.#findings.add(
          'warning',
          'eep.recordReference',
          place,
          `“${from}” names ${quoted(id)}; the “电子文件号” of the record is another.`,
        );
    for (const { id, place, from, size } of this.#borrowed) {
      const bytes = this.#data.get(id);
      if (bytes === undefined)
        this.#findings.add(
          'error',
          'eep.reference',
          place,
          `“${from}” names ${quoted(id)}; there is no such data.`,
        );
      else if (/^\d{1,15}$/.test(size.trim()) && Number(size) !== bytes)
        this.#findings.add(
          'error',
          'eep.size',
          place,
          `“计算机文件大小” says ${size.trim()}, and the data referred to is ${bytes} bytes.`,
        );
    }
  }

  #agent(frame: Frame, id: string): void {
    // The same body may be named again in a later layer.
    const key = `${this.#layers}\n${id}`;
    if (this.#agents.has(key))
      this.#say('error', 'eep.duplicateId', frame, `Two “机构人员实体” have the identifier ${quoted(id)}.`);
    this.#remember(() => this.#agents.add(id).add(key));
  }

  #id(frame: Frame, id: string, what: string): void {
    if (id === '') return;
    if (this.#ids.has(id))
      this.#say(
        'error',
        'eep.duplicateId',
        frame,
        `The identifier ${quoted(id)} stands twice in the package.`,
      );
    this.#remember(() => this.#ids.add(id));
    const due = FORMS[what];
    if (!due) return;
    const layer = what === '签名标识符' ? this.#layers - 1 : this.#layers;
    const found = due.form.exec(id);
    if (!found || Number(found[1]) !== layer)
      this.#say(
        'warning',
        'eep.idForm',
        frame,
        `“${what}” says ${quoted(id)}; the form is “${due.like.replace('R', String(layer))}”.`,
      );
  }

  #pend(pending: Pending[], frame: Frame, id: string): void {
    this.#remember(() => pending.push({ id, place: this.#place(frame), from: frame.name }));
  }

  #remember(what: () => unknown): void {
    this.#remembered++;
    if (this.#remembered <= MOST) what();
    else if (this.#remembered === MOST + 1)
      this.#findings.add(
        'error',
        'eep.tooLarge',
        '',
        `The package has more than ${MOST} identifiers; those beyond were not compared.`,
      );
  }

  #say(severity: 'error' | 'warning', code: string, frame: Frame, message: string): void {
    this.#findings.add(severity, code, this.#place(frame), message);
  }
}
