import type { SignatureInside } from '#formats/inside';
import { canDigest, type DigestName } from '#kernel/checksums';
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
    const inPackage = packageFaults(context, 'fixity-valid');
    const { demandDigest = false, demandSignature = false } = context.parameters;
    let proved = inPackage;
    let signatures = 0;
    return {
      file({ name }, looked) {
        const { file } = looked;
        if (file.bytes === null) return;
        context.judged();
        const digests = digestsOf(context, name, looked);
        const signed = signaturesOf(context, name, looked);
        signatures += signed;
        proved += digests + signed;
        if (demandDigest && digests === 0) context.say(name, file.path, 'check.finding.noDigest');
        if (demandSignature && signed === 0 && looked.structure !== null)
          context.say(name, file.path, 'check.finding.noSignature');
      },
      end() {
        context.memo('proofs', proved);
        context.memo('signatures', signatures);
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
function signaturesOf(context: RuleContext, object: string, { file, structure, inside }: LookedFile): number {
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
      if (signature.trusted) continue;
      const tell = context.parameters.demandTrust ? context.say : context.note;
      tell(object, file.path, 'check.finding.signerNotTrusted', {
        signer: signature.signer ?? signature.name,
      });
    }
  }
  return proved;
}

function faultOf({ content, signature }: SignatureInside) {
  if (content === 'wrong' || signature === 'wrong') return 'check.finding.signatureWrong' as const;
  if (content === 'notChecked' || signature === 'notChecked')
    return 'check.finding.signatureNotProved' as const;
  return null;
}
