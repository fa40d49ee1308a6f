import { createHash } from 'node:crypto';
import type { Finding } from '#kernel/errors';
import { collectFindings, type Findings } from '#kernel/findings';
import type { EepSource } from '../reading/source.ts';
import { Unreadable, walk } from '../reading/walk.ts';
import { SignatureGathering } from '../signing/facts.ts';
import { readTrusted } from '../signing/trust.ts';
import { type EepSignature, verifySignatures } from '../signing/verify.ts';
import { type External, Rules } from './rules.ts';
import { Structure } from './structure.ts';

export interface EepOptions {
  /** PEM texts of certificates the caller trusts; what a package brings along is never trust. */
  trust?: readonly string[];
  /** Findings kept of one code. Default 1000. */
  limit?: number;
}

export interface EepReport {
  /** Whether there is no error among the findings. */
  readonly valid: boolean;
  readonly findings: Finding[];
  /** Layers: 1 for an original package, one more for each modification. */
  readonly layers: number;
  readonly documents: number;
  /** Bytes of the files it holds. */
  readonly dataBytes: number;
  readonly signatures: readonly EepSignature[];
}

/**
 * Judges one EEP (DA/T 48-2009) in constant memory: elements, order, obligations and values; identifiers and what refers to
 * them; data, sizes and digests; layers; signatures and locks, verified innermost first. It is read once, and once more
 * where it is signed.
 *
 * @throws Refusal `trust.unreadable`; the system's errors where the file can not be read
 */
export async function validateEep(source: EepSource, options: EepOptions = {}): Promise<EepReport> {
  const findings = collectFindings(options.limit);
  const trusted = options.trust && readTrusted(options.trust);
  let place: Structure['place'] = () => source.name;
  const rules = new Rules(findings, (frame) => place(frame));
  const gathering = new SignatureGathering((frame) => place(frame));
  const structure = new Structure(findings, source.name, (frame, around) => {
    rules.closed(frame, around);
    gathering.closed(frame);
  });
  place = (frame) => structure.place(frame);
  const report = (signatures: EepSignature[]): EepReport => {
    const all = findings.all();
    return {
      valid: !all.some((f) => f.severity === 'error'),
      findings: all,
      layers: rules.layers,
      documents: rules.documents,
      dataBytes: rules.dataBytes,
      signatures,
    };
  };
  try {
    await walk(source, structure);
  } catch (e) {
    if (!(e instanceof Unreadable)) throw e;
    findings.add('error', e.code, source.name, e.message);
    return report([]);
  }
  rules.end();
  await checkExternal(source, rules.external, findings);
  return report(await verifySignatures(source, gathering.facts, rules.layers, findings, trusted));
}

/** Files of which the package holds the digest only: compared where they lie beside it. */
async function checkExternal(
  source: EepSource,
  external: readonly External[],
  findings: Findings,
): Promise<void> {
  for (const { name, sha256, size, place } of external) {
    const bytes = await source.beside?.(name);
    if (!bytes) {
      findings.add(
        'error',
        'eep.noData',
        place,
        `The package holds the SHA-256 of “${name.slice(0, 60)}” and not the file, and it does not lie beside the package.`,
      );
      continue;
    }
    const hash = createHash('sha256');
    let length = 0;
    for await (const piece of bytes) {
      hash.update(piece);
      length += piece.length;
    }
    if (hash.digest('hex') !== sha256)
      findings.add(
        'error',
        'eep.digest',
        place,
        `“${name.slice(0, 60)}” beside the package has another SHA-256.`,
      );
    else if (/^\d{1,15}$/.test(size) && Number(size) !== length)
      findings.add(
        'error',
        'eep.size',
        place,
        `“计算机文件大小” says ${size}, and the file is ${length} bytes.`,
      );
    else
      findings.add(
        'warning',
        'eep.externalData',
        place,
        `The package does not hold “${name.slice(0, 60)}”; the file beside it is the one meant.`,
      );
  }
}
