import { createHash } from 'node:crypto';
import { Refusal } from '#kernel/errors';

/** A file as the signed list has it. */
export interface ListedFile {
  path: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** A medium of a set: so many lines of the list, from one on. */
export interface Medium {
  /** From 1. */
  no: number;
  /** `990111-YJ-2026-0003-01`: on the medium and its label. */
  number: string;
  /** Its first line in the list, from 0. */
  first: number;
  files: number;
  bytes: number;
  /** SHA-256 of its lines of the list. */
  sha256: string;
  /** All of it was read at the archive, and is what was signed. */
  read: boolean;
}

export interface MediaSet {
  /** Bytes of one medium, as the agency chose. */
  mediumBytes: number;
  media: readonly Medium[];
  /** How much of what was read last is not what was signed. */
  wrong: number;
}

/** Below it a medium holds nothing but what explains it. */
export const SMALLEST_MEDIUM = 100_000;
export const LARGEST_MEDIUM = 100 * 1024 ** 4;
const MOST_MEDIA = 999;
/** What file system and papers take: a share, blocks, and two lines of lists for each file. */
const SHARE = 0.98;
const PAPERS = 64 * 1024;
const BLOCK = 2_048;
const PER_FILE = 1_024;

const onMedium = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK + PER_FILE;

/**
 * Lays the files of a list onto media of a size, in the order of the list: the same list gives the same media.
 *
 * @throws Refusal `transfer.mediumTooSmall` naming a file that is larger than a medium, or where there would be too many media
 */
export async function packMedia(
  batchNumber: string,
  mediumBytes: number,
  lines: AsyncIterable<{ text: string; file: ListedFile }>,
): Promise<MediaSet> {
  const room = Math.floor(mediumBytes * SHARE) - PAPERS;
  const media: Medium[] = [];
  let open: { medium: Medium; left: number; hash: ReturnType<typeof createHash> } | undefined;
  const close = () => {
    if (open) media.push({ ...open.medium, sha256: open.hash.digest('hex') });
  };
  let n = 0;
  for await (const { text, file } of lines) {
    const wanted = onMedium(file.bytes);
    if (wanted > room) throw tooSmall(file.path);
    if (!open || open.left < wanted) {
      close();
      const no = media.length + 1;
      if (no > MOST_MEDIA) throw tooSmall('');
      const number = `${batchNumber}-${String(no).padStart(2, '0')}`;
      const medium = { no, number, first: n, files: 0, bytes: 0, sha256: '', read: false };
      open = { medium, left: room, hash: createHash('sha256') };
    }
    open.medium.files++;
    open.medium.bytes += file.bytes;
    open.left -= wanted;
    open.hash.update(text);
    n++;
  }
  close();
  return { mediumBytes, media, wrong: 0 };
}

const tooSmall = (path: string) =>
  new Refusal(
    'transfer.mediumTooSmall',
    path === ''
      ? `More than ${MOST_MEDIA} media would be needed. Choose larger ones.`
      : `One file is larger than a medium: ${path}. Choose larger media.`,
    { field: 'mediumBytes', path },
  );

/** Where a file lies below the content of a medium; null for what only explains the medium. */
export const pathOnMedium = (path: string): string | null =>
  /^(?:content\/|[^/]+\/content\/)(.+)$/.exec(path)?.[1] ?? null;

/** The medium a line of the list is on. */
export const mediumOf = (set: MediaSet, line: number): Medium | undefined =>
  set.media.find((m) => line >= m.first && line < m.first + m.files);
