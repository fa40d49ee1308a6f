/**
 * A list of the digests of EEPs and of what lies with them, signed apart from them: the text an EEP's own signature is over
 * does not tell where one element ends and the next begins, and a list of digests of bytes does. The standard has no such list;
 * it is ours.
 *
 * - `digests-sm3.txt` (or `-sha256`, `-sha512`) in the root: a line `digest  path` a file, in UTF-8, as `sha256sum --check` reads it; in
 *   paths `%`, line feed and carriage return are written `%25`, `%0A`, `%0D`.
 * - `digests-sm3.txt.sig`: 电子签名 as EEPs have them, in XML, over all bytes of that file.
 */
export const MANIFEST = /^digests-(sm3|sha256|sha512)\.txt$/;
export type ManifestAlgorithm = 'sm3' | 'sha256' | 'sha512';

export const manifestName = (algorithm: ManifestAlgorithm): string => `digests-${algorithm}.txt`;
export const signatureName = (manifest: string): string => `${manifest}.sig`;
/** Whether a file of the root is one of the two: neither lists itself. */
export const isOfManifest = (path: string): boolean => MANIFEST.test(path.replace(/\.sig$/, ''));

/** The rule that is written into 签名规则. */
export const RULE = 'lantai:bytes-1';
export const ruleText = (manifest: string): string => `${RULE}；${manifest}的全部字节`;

/** Of the document that holds the signatures. */
export const SPACE = 'urn:lantai:eep-digests:1';
export const ROOT = '摘要清单签名';

const ESCAPED: Readonly<Record<string, string>> = { '%': '%25', '\n': '%0A', '\r': '%0D' };
export const escapedPath = (path: string): string => path.replace(/[%\n\r]/g, (c) => ESCAPED[c] ?? c);
export const pathWritten = (text: string): string =>
  text.replace(/%(?:25|0A|0D)/gi, (c) => String.fromCharCode(Number.parseInt(c.slice(1), 16)));
