import type { Slug } from '../rules/slugs.ts';

/** What the validators of packages find, by the item it is about: the first that fits. */
const TABLE: readonly (readonly [RegExp, Slug])[] = [
  [/^ingest\.infected$/, 'virus'],
  [/^ingest\.taken$/, 'refcode-valid'],
  [/^ingest\.contentDiffers$/, 'fixity-valid'],
  [/^eep\.(signature|notASignature|algorithm|weakAlgorithm|certificate|signer|unsigned|digest$)/, 'fixity-valid'],
  [/^(handover|bag)\.digest(?!Missing|NoFile)/, 'fixity-valid'],
  [/^bag\.(algorithm|manifests)$/, 'fixity-valid'],
  [/^tree\.(crc)$/, 'fixity-valid'],
  [/^E09[23]$/, 'fixity-valid'],
  [/^handover\.(size|pages)$|^eep\.(size|formatDiffers)$/, 'file-attrs'],
  [/^handover\.(metadataCode|metadataTitle|noRow)$|^eep\.(reference|recordReference)$/, 'md-link'],
  [/^handover\.(noteCount|registerCount)$/, 'count-total'],
  [/^handover\.registerVolume$/, 'bytes-total'],
  [/^handover\.(note|catalogue|column|sequence|duplicateCode|noNote|noCatalogue|register|noRegister|digestList|digestForm|digestAlgorithm)/, 'manifest-valid'],
  [/^bag\.(declaration|noDeclaration|noManifest|infoDate|infoLine|infoSpace|infoTwice|longInfo|manifestLine|listedTwice|version|oxumForm|fetchLine|fetchAddress)$/, 'manifest-valid'],
  [/^bag\.oxum$/, 'bytes-total'],
  [/^bag\.oxumFiles$/, 'pkg-content'],
  [/^handover\.(valueMissing|noMetadata)$|^eep\.(missing|empty|wrapperMissing|idMissing)$/, 'pkg-md'],
  [/^(premis|mets)\.(lacks|empty|noId|noHref|noLocator)$/, 'pkg-md'],
  [/^handover\.(noFiles|noContent|metadataFile|digestNoFile|emptyFile)$|^bag\.(missing|incomplete|toFetch|fetch\w+)$|^eep\.(noData|badData)$|^eark\.noFile$/, 'pkg-content'],
  [/^(handover\.(metadataXml|encoding|unreadable)|eep\.(notWellFormed|encoding|unreadable|forbidden|namespace|root|notAnEep)|bag\.(encoding|encodingUnknown|unreadable|longLine)|(mets|premis)\.(damaged|forbidden|xml))$/, 'md-readable'],
  [/^(mets|premis)\./, 'md-readable'],
  [/^(tree\.(encrypted|method|packed|sparse|type|broken|truncated|end|ratio|extraData|overlap|zipHeader|size|notAWrapper)|handover\.packed|eep\.(encodingKeyword|unknownEncoding))$/, 'pkg-format'],
  [/^(handover\.(stray|digestMissing)|bag\.(unlisted|systemFile|tagUnlisted|notInEvery))$/, 'extra-files'],
  [/^handover\.(retention|date)$|^eep\.value$/, 'md-type'],
]; // biome-ignore format: rows

/** The item a finding of a validator belongs to. What fits nowhere is about how the package is built: nothing is lost. */
export const slugOfCode = (code: string): Slug =>
  TABLE.find(([fits]) => fits.test(code))?.[1] ?? 'pkg-structure';
