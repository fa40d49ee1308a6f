import type { SignatureInside } from '#formats/inside';
import { canDigest, type DigestName } from '#kernel/checksums';
import type { SignerStanding } from '#kernel/signing/chains';
import { packageFaults } from './package.ts';
import type { LookedFile, Rule, RuleContext } from './rule.ts';

/**
 * Every digest that is said of a file is that of its bytes, and every signature or seal in a file fits; what the scheme demands
 * is there. What the package's own validator proved or disproved counts with it.
 */
export const fixityValid: Rule = {
  slug: 'fixity-valid',
  nature: 'authenticity',
  method: 'automatic',
  reads: ['digests', 'structure'],
  begin(context) {
    const { demandDigest = false, demandSignature = false, demandTrust = false } = context.parameters;
    const inPackage = packageFaults(
      context,
      'fixity-valid',
      (code) => demandTrust && code === 'eep.signerNotTrusted',
    );
    const standings: Record<SignerStanding, number> = { trusted: 0, unknown: 0, outOfDate: 0 };
    let proved = inPackage;
    let signatures = 0;
    return {
      file({ name }, looked) {
        const { file } = looked;
        if (file.bytes === null) return;
        context.judged();
        const digests = digestsOf(context, name, looked);
        const signed = signaturesOf(context, name, looked, standings);
        signatures += signed;
        proved += digests + signed;
        if (demandDigest && digests === 0) context.say(name, file.path, 'check.finding.noDigest');
        if (demandSignature && signed === 0 && looked.structure !== null)
          context.say(name, file.path, 'check.finding.noSignature');
      },
      end() {
        context.memo('proofs', proved);
        context.memo('signatures', signatures);
        if (signatures > 0) {
          context.memo('signersTrusted', standings.trusted);
          context.memo('signersUnknown', standings.unknown);
          context.memo('signersOutOfDate', standings.outOfDate);
        }
        const sound = context.subject.package !== null && context.subject.package.kind !== 'unknown';
        if (proved === 0 && !demandDigest && !demandSignature && !sound)
          context.notPerformed('check.reason.nothingFixed');
      },
    };
  },
};

/** Names of digests as lists write them. */
export function digestName(said: string): DigestName | null {
  const name = said.toLowerCase().replace(/^(sha|sm|md)[-_ ](?=\d)/, '$1');
  return canDigest(name) ? name : null;
}

function digestsOf(context: RuleContext, object: string, { file, digests, trouble }: LookedFile): number {
  let proved = 0;
  for (const { algorithm, digest, isProved } of file.said.digests ?? []) {
    if (isProved) {
      proved++;
      continue;
    }
    const name = digestName(algorithm);
    const there = name && digests ? digests[name] : undefined;
    if (there === undefined)
      context.say(object, file.path, 'check.finding.digestNotComputed', { algorithm, why: trouble ?? '' });
    else if (there !== digest.toLowerCase())
      context.say(object, file.path, 'check.finding.digestDiffers', { algorithm, said: digest, there });
    else proved++;
  }
  return proved;
}

/** @returns signatures that were proved */
function signaturesOf(
  context: RuleContext,
  object: string,
  { file, structure, inside }: LookedFile,
  standings: Record<SignerStanding, number>,
): number {
  let proved = 0;
  if (structure?.signed && !inside) context.say(object, file.path, 'check.finding.signatureNotRead');
  for (const signature of inside?.signatures ?? []) {
    const fault = faultOf(signature);
    if (fault)
      context.say(object, file.path, fault, {
        signer: signature.signer ?? signature.name,
        words: signature.words,
      });
    else {
      proved++;
      const standing = standingOf(signature);
      standings[standing]++;
      const { message, isFault } = SIGNER[standing];
      const tell = isFault(context) ? context.say : context.note;
      tell(object, file.path, message, {
        signer: signature.signer ?? signature.name,
        at: signature.signedAt ?? '',
      });
    }
  }
  return proved;
}

/** What is said of whose a signature is that fits: of one by a certificate that was out of date it proves nothing. */
const SIGNER = {
  trusted: { message: 'check.finding.signerTrusted', isFault: () => false },
  unknown: {
    message: 'check.finding.signerNotTrusted',
    isFault: ({ parameters }: RuleContext) => parameters.demandTrust === true,
  },
  outOfDate: { message: 'check.finding.signerOutOfDate', isFault: () => true },
} as const;

const standingOf = ({ trusted, outOfDate }: SignatureInside): SignerStanding =>
  trusted ? 'trusted' : outOfDate ? 'outOfDate' : 'unknown';

function faultOf({ content, signature }: SignatureInside) {
  if (content === 'wrong' || signature === 'wrong') return 'check.finding.signatureWrong' as const;
  if (content === 'notChecked' || signature === 'notChecked')
    return 'check.finding.signatureNotProved' as const;
  return null;
}
