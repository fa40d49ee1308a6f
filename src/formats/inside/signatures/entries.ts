import { createHash } from 'node:crypto';
import type { Ofd } from '#formats/ofd';
import type { SignatureInside } from '../types.ts';
import { holderOf, NOBODY, signerOf } from './certificates.ts';
import { verifyCms } from './cms.ts';
import { inWords, sideOf } from './words.ts';

const LIST = 'OFDEntries.xml';
const NOTE = 'only the list of the file’s parts is signed, not what the parts hold';

/**
 * The signed list of a file's parts (GM/T 0099, integrity protection). It names parts and holds no digests: parts taken
 * away or added are seen, parts changed are not.
 */
export async function signedEntries(ofd: Ofd, trust: readonly string[]): Promise<SignatureInside[]> {
  if (!ofd.parts.some((name) => name.toLowerCase() === LIST.toLowerCase())) return [];
  const list = await ofd.attachment(LIST);
  const text = list.toString('utf8');
  const listed = [...text.matchAll(/FileLoc\s*=\s*"([^"]{1,1000})"/g)].map((m) => plain(m[1]!));
  const valuePart = plain(/<(?:\w+:)?SignedValueLoc>\s*([^<]{1,1000}?)\s*</.exec(text)?.[1] ?? '');
  const present = new Set(ofd.parts.map((name) => name.toLowerCase()));
  const known = new Set([...listed, LIST, valuePart].map((name) => name.toLowerCase()));
  const missing = listed.filter((name) => !present.has(name.toLowerCase()));
  const added = ofd.parts.filter((name) => !known.has(name.toLowerCase()));
  const changed = [
    ...missing.map((name) => `${name} is missing`),
    ...added.map((name) => `${name} was added`),
  ];
  const base = {
    name: 'signed list of parts',
    coversAll: false,
    ...NOBODY,
    ...(changed.length ? { changed } : {}),
  };
  const value = await ofd.attachment(valuePart).catch(() => undefined);
  if (!value)
    return [inWords({ ...base, content: 'notChecked', signature: 'notChecked' }, 'its value is missing')];
  try {
    const cms = verifyCms(value, (hash) => createHash(hash).update(list).digest());
    const { certificate, others } = cms;
    const right = cms.content && changed.length === 0;
    return [
      inWords(
        {
          ...base,
          ...(certificate ? { signer: holderOf(certificate) } : {}),
          algorithm: cms.algorithm,
          content: sideOf(right),
          signature: sideOf(cms.signature),
          // The list says nothing of when it was signed.
          ...signerOf(certificate, others, {
            trust,
            at: undefined,
            isRight: right && cms.signature === true,
          }),
        },
        cms.why,
        NOTE,
      ),
    ];
  } catch {
    return [
      inWords(
        { ...base, content: 'notChecked', signature: 'notChecked' },
        'its value is no signature in strict DER',
      ),
    ];
  }
}

const plain = (path: string): string => path.trim().replace(/^[\\/]+/, '');
