import type { DigestName } from '#kernel/checksums';
import { isRefusal, Refusal } from '#kernel/errors';
import { CHECKS, type FileAt, type IncomingFile, type IntakeCheck } from '#modules/preservation';
import type { ConsignedFile } from '../consignment.ts';
import type { Opened, PackagesDeps } from '../deps.ts';
import type { Kept } from './scratch.ts';

/** Digests that are counted of a file: those of the store, and the one a list in the package has. */
export const digestsOf = ({ listed }: Pick<ConsignedFile, 'listed'>): DigestName[] => [
  ...new Set<DigestName>(['sha512', 'sha256', ...(listed ? [listed.algorithm] : [])]),
];

/** A file of a package that was unpacked, compared with what the package says of it, and opened. @throws Refusal ingest.contentDiffers */
export async function incomingOf(deps: PackagesDeps, file: ConsignedFile, kept: Kept): Promise<IncomingFile> {
  const { listed } = file;
  const { size, digests: all } = kept;
  const digests = { sha512: all.sha512, sha256: all.sha256 };
  if (
    size !== file.bytes ||
    (file.sha512 !== null && digests.sha512 !== file.sha512) ||
    (listed && all[listed.algorithm] !== listed.digest)
  )
    throw new Refusal('ingest.contentDiffers', `${file.name} is not what the package says it is.`, {
      path: file.name,
    });
  const virus: IntakeCheck = deps.scan
    ? { check: CHECKS.virus, outcome: 'passed' }
    : { check: CHECKS.virus, outcome: 'not performed', note: 'the site has no scanner' };
  const { content } = kept;
  let at: FileAt = content ? { content } : { path: await kept.path() };
  const laid = async () => {
    at = { path: await kept.path() };
    return at.path;
  };
  const opened = await openedOf(deps, file, at.content ? { bytes: at.content, path: laid } : at.path);
  return {
    ...at,
    name: file.name,
    nameBytes: file.nameBytes,
    bytes: size,
    digests,
    mediaType: opened.mediaType,
    pages: opened.pages,
    ...(opened.technical ? { technical: opened.technical } : {}),
    checks: [...opened.checks.filter((c) => c.check !== CHECKS.virus), virus],
  };
}

/** What is of no kind that can be shown, or broken, is kept as it came: a package is taken in whole. */
async function openedOf(
  deps: PackagesDeps,
  file: ConsignedFile,
  at: Parameters<PackagesDeps['inspect']>[0],
): Promise<Omit<Opened, 'technical'> & Partial<Pick<Opened, 'technical'>>> {
  try {
    return await deps.inspect(at);
  } catch (e) {
    if (!isRefusal(e)) throw e;
    const unknown = e.code === 'scan.format';
    return {
      mediaType: file.mediaType ?? 'application/octet-stream',
      pages: [],
      checks: [
        unknown
          ? { check: CHECKS.opened, outcome: 'not performed', note: 'of no kind that is shown' }
          : { check: CHECKS.opened, outcome: 'failed', note: e.message },
        { check: CHECKS.digest, outcome: 'passed', note: 'sha512, sha256' },
      ],
    };
  }
}
