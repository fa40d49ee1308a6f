import { readFileSync } from 'node:fs';
import { messageOf, Refusal } from '#kernel/errors';
import { asText, builtIn, PLAIN, refined, withOurs } from './builtin/index.ts';
import { Effort } from './matching/sequence.ts';
import { readContainerFile } from './reading/containers.ts';
import { readSignatureFile } from './reading/droid.ts';
import { type Knowledge, matchOf, Register } from './register.ts';
import { hold, openFileSource } from './source.ts';
import type { Match, Source } from './types.ts';

export interface IdentifierConfig {
  /** Path of a DROID signature file; without one, the built-in table is used. */
  readonly signatures?: string | undefined;
  /** Path of a DROID container signature file, which goes with `signatures`. */
  readonly containers?: string | undefined;
  /** Bytes looked at from each end of a file, and of each file inside a container. Default 65,536, as DROID's. */
  readonly maxScan?: number | undefined;
}

/** Tells formats. Safe to be asked many things at once; reads its signatures once. */
export interface Identifier {
  /** `built in`, or the release: `PRONOM 122, containers 40`. */
  readonly source: string;
  /** Signatures that could not be understood, each in one sentence. */
  readonly problems: readonly string[];
  /**
   * The formats a file may be of: those its content shows; where it shows none, those its name's ending stands for, with
   * the basis `extension only`; none when nothing fits.
   *
   * @throws the system's error when it can not be read
   */
  identify(source: Source | string): Promise<Match[]>;
}

export const DEFAULT_SCAN = 65_536;
export const LARGEST_SCAN = 16_777_216;

/** @throws Refusal `pronom.signatures` when a signature file can not be used */
export async function createIdentifier(config: IdentifierConfig = {}): Promise<Identifier> {
  const maxScan = Math.min(Math.max(config.maxScan ?? DEFAULT_SCAN, 1024), LARGEST_SCAN);
  const { knowledge, source, problems } = knowledgeOf(config);
  const register = new Register(knowledge);
  const ours = config.signatures === undefined;

  const ofSource = async (given: Source): Promise<Match[]> => {
    const held = await hold(given, maxScan);
    const extension = extensionOf(given.name);
    const hits = await register.byContent(held, maxScan, new Effort());
    if (hits.length > 0) {
      const all = ours ? await refined(hits, held, register, extension) : hits;
      return all.map(matchOf);
    }
    const text = asText(held, register, extension);
    if (text.length > 0 && text[0]?.format.puid !== PLAIN) return text.map(matchOf);
    const written = register.byExtension(extension);
    if (written.some((format) => format.puid === text[0]?.format.puid)) return text.map(matchOf);
    const named = written.map((format) => ({ format, basis: 'extension only' }));
    return [...text, ...named].map(matchOf);
  };
  return {
    source,
    problems,
    async identify(given) {
      if (typeof given !== 'string') return ofSource(given);
      const file = openFileSource(given);
      try {
        return await ofSource(file);
      } finally {
        file.close();
      }
    },
  };
}

/** Without the dot, lower case; '' where there is none. */
export function extensionOf(name: string): string {
  return /[^/\\]\.([^./\\]{1,32})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function knowledgeOf({ signatures, containers }: IdentifierConfig): {
  knowledge: Knowledge;
  source: string;
  problems: readonly string[];
} {
  if (signatures === undefined) return { knowledge: builtIn(), source: 'built in', problems: [] };
  const file = readSignatureFile(load(signatures), signatures);
  const inside = containers === undefined ? undefined : readContainerFile(load(containers), containers);
  return {
    knowledge: withOurs({
      formats: file.formats,
      signatures: file.signatures,
      containers: inside?.signatures ?? [],
      triggers: inside?.triggers ?? new Map(),
    }),
    source: `PRONOM ${file.version}${inside ? `, containers ${inside.version}` : ''}`,
    problems: [...file.problems, ...(inside?.problems ?? [])],
  };
}

function load(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Refusal(
      'pronom.signatures',
      `The signature file ${path} can not be read: ${messageOf(cause)}.`,
      { path },
      { cause },
    );
  }
}
