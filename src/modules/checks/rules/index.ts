import { attachComplete } from './attach-complete.ts';
import { avInstalled } from './av-installed.ts';
import { backupRestore } from './backup-restore.ts';
import { bytesTotal } from './bytes-total.ts';
import { contentComplete } from './content-complete.ts';
import { contentReadable } from './content-readable.ts';
import { countTotal } from './count-total.ts';
import { discQuality } from './disc-quality.ts';
import { env } from './env.ts';
import { extraFiles } from './extra-files.ts';
import { fileAttrs } from './file-attrs.ts';
import { fixityValid } from './fixity-valid.ts';
import { formatAllowed } from './format-allowed.ts';
import { manifestValid } from './manifest-valid.ts';
import { mdAccess } from './md-access.ts';
import { mdChars } from './md-chars.ts';
import { mdContent } from './md-content.ts';
import { mdDuplicate } from './md-duplicate.ts';
import { mdElements } from './md-elements.ts';
import { mdEnum } from './md-enum.ts';
import { mdLength } from './md-length.ts';
import { mdLink } from './md-link.ts';
import { mdReadable } from './md-readable.ts';
import { mdRequired } from './md-required.ts';
import { mdSanity } from './md-sanity.ts';
import { mdSequence } from './md-sequence.ts';
import { mdType } from './md-type.ts';
import { mediaLook } from './media-look.ts';
import { mediaSpeed } from './media-speed.ts';
import { noCrypto } from './no-crypto.ts';
import { pkgContent } from './pkg-content.ts';
import { pkgFixity } from './pkg-fixity.ts';
import { pkgFormat } from './pkg-format.ts';
import { pkgMd } from './pkg-md.ts';
import { pkgStructure } from './pkg-structure.ts';
import { preservationOps } from './preservation-ops.ts';
import { processMd } from './process-md.ts';
import { processSafe } from './process-safe.ts';
import { refcodeValid } from './refcode-valid.ts';
import type { Rule } from './rule.ts';
import { scope } from './scope.ts';
import type { Slug } from './slugs.ts';
import { virus } from './virus.ts';

/** Every item of the four natures, in the standard's order. */
export const RULES: readonly Rule[] = [
  fixityValid, mdLength, mdType, mdEnum, mdSanity, mdChars, refcodeValid, mdDuplicate, mdContent, fileAttrs, mdLink, manifestValid, pkgStructure, pkgFixity, countTotal, bytesTotal, mdElements, mdRequired, processMd, mdSequence, contentComplete, attachComplete, scope, pkgMd, pkgContent, mdReadable, mdAccess, formatAllowed, contentReadable, noCrypto, env, pkgFormat, backupRestore, avInstalled, virus, extraFiles, mediaSpeed, mediaLook, discQuality, processSafe, preservationOps,
]; // biome-ignore format: a list

const bySlug = new Map(RULES.map((r) => [r.slug, r]));

export const ruleOf = (slug: Slug): Rule => bySlug.get(slug)!;
