import type { Frame } from '../validate/frames.ts';

/** What a package says of one signature, before anything is proved. */
export interface SignatureFacts {
  readonly kind: 'signature' | 'lock';
  /** What is signed: a layer, innermost 0; for a lock that of the signature it locks. */
  readonly layer: number;
  /** Which 电子签名 of the document it is; undefined for locks and where the element is not written. */
  readonly nth: number | undefined;
  /** 签名标识符; of a lock: 被锁定签名标识符. */
  readonly id: string;
  readonly rule: string;
  readonly signedAt: string;
  readonly signer: string;
  /** Base64. */
  readonly result: string;
  readonly algorithm: string;
  /** Base64. */
  readonly certificates: readonly string[];
  readonly place: string;
}

/** Signatures of one document, certificates of one signature that are looked at. */
const MOST_SIGNATURES = 1000;
const MOST_CERTIFICATES = 20;

/** Gathers what a document says of its signatures while it goes by. */
export class SignatureGathering {
  readonly facts: SignatureFacts[] = [];
  #layers = 0;
  #written = 0;
  #certificates: string[] = [];
  readonly #place: (frame: Frame) => string;

  constructor(place: (frame: Frame) => string) {
    this.#place = place;
  }

  /** @param frame whose end was reached */
  closed(frame: Frame): void {
    const { name } = frame;
    if (name === '被签名对象') this.#layers++;
    else if (name === '证书') {
      if (this.#certificates.length < MOST_CERTIFICATES && frame.text.trim() !== '')
        this.#certificates.push(frame.text);
    } else if (name === '电子签名' || name === '锁定签名') this.#signature(frame);
  }

  #signature(frame: Frame): void {
    const certificates = this.#certificates;
    this.#certificates = [];
    const isLock = frame.name === '锁定签名';
    const nth = isLock || frame.implied ? undefined : this.#written++;
    if (this.facts.length >= MOST_SIGNATURES) return;
    const said = (name: string) => frame.values.get(name)?.trim() ?? '';
    this.facts.push({
      kind: isLock ? 'lock' : 'signature',
      layer: this.#layers - 1,
      nth,
      id: said(isLock ? '被锁定签名标识符' : '签名标识符'),
      rule: said('签名规则'),
      signedAt: said('签名时间'),
      signer: said('签名人'),
      result: said('签名结果').replace(/\s+/g, ''),
      algorithm: said('签名算法标识'),
      certificates,
      place: this.#place(frame),
    });
  }
}
