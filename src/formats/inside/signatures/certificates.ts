import type { Certificate } from '#kernel/signing/certificate';
import { anchorsOf, standingOf } from '#kernel/signing/chains';
import { attributeOf } from '#kernel/signing/names';
import { OID } from '#kernel/signing/oids';

/** Who a certificate is for: common name, else organization. */
export const holderOf = ({ subject }: Certificate): string =>
  attributeOf(subject, OID.commonName) ?? attributeOf(subject, OID.organization) ?? 'a holder without a name';

/** What is told of a signer's certificate, where the signature it made is right. */
export interface Signer {
  trusted: boolean;
  outOfDate: boolean;
}

export const NOBODY: Signer = { trusted: false, outOfDate: false };

/** @param isRight whether the signature fits what was signed: of one that does not, nothing is said about who signed */
export function signerOf(
  certificate: Certificate | undefined,
  others: readonly Certificate[],
  { trust, at, isRight }: { trust: readonly string[]; at: Date | undefined; isRight: boolean },
): Signer {
  if (!certificate || !isRight) return NOBODY;
  const standing = standingOf(certificate, others, anchorsOf(trust), at);
  return { trusted: standing === 'trusted', outOfDate: standing === 'outOfDate' };
}
