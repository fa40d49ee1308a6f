/** EEP, the XML package of DA/T 48-2009: read, written, validated, signed and verified, layer by layer. Usable alone. */

export { isOfManifest, type ManifestAlgorithm } from './manifest/form.ts';
export { type EepManifest, type ManifestRow, manifestsIn } from './manifest/read.ts';
export { eepManifest, type ManifestLine, type ManifestOrder, manifestAlgorithm } from './manifest/write.ts';
export {
  type EepBody,
  type EepDocumentInput,
  type EepFileInput,
  type EepInput,
  type EepLayer,
  type EepNode,
  eepAt,
  eepNode,
  eepText,
  eepValue,
} from './model.ts';
export {
  type EepTreeReport,
  eepsIn,
  isEep,
  recogniseEep,
  treeSource,
  validateEeps,
} from './package.ts';
export { type EepFile, takeFiles } from './reading/files.ts';
export { beginsAsEep, type EepPackage, readEep } from './reading/read.ts';
export { bytesSource, type EepSource, fileSource } from './reading/source.ts';
export { type EepSigner, signEep, signerOf } from './signing/sign.ts';
export { readTrusted } from './signing/trust.ts';
export type { EepSignature } from './signing/verify.ts';
export { type EepOptions, type EepReport, validateEep } from './validate/validate.ts';
export { documentsNode } from './writing/documents.ts';
export { wrapEep } from './writing/wrap.ts';
export { type EepEncoding, writeEep } from './writing/write.ts';
