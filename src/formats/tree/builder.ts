import { Refusal, type Severity } from '#kernel/errors';
import { createFindingList, type FindingList } from './findings.ts';
import type { TreeLimits } from './limits.ts';
import { judgeName } from './names.ts';
import { createNodes, FILE, FOLDER, type Nodes } from './nodes.ts';

/** Takes in the entries of a wrapper one by one and judges each. */
export interface TreeBuilder {
  readonly limits: TreeLimits;
  readonly nodes: Nodes;
  /** Bytes of all files. */
  readonly total: number;
  readonly findings: FindingList;
  /**
   * Adds an entry under its name, and the folders its name implies.
   * @param packed bytes it takes in the wrapper, where the wrapper packs
   * @returns its node; -1 where it was not taken, which is then a finding
   * @throws Refusal `tree.entries`, `tree.totalBytes`: what goes on without end is not read to its end
   */
  put(
    written: string,
    kind: typeof FILE | typeof FOLDER,
    bytes: number,
    place: number,
    packed?: number,
  ): number;
  /** Says what is wrong with an entry. */
  say(code: string, severity: Severity, path: string, message: string): void;
}

/** Whether so much may not come out of so little. */
export const isBomb = (bytes: number, packed: number, limits: TreeLimits): boolean =>
  bytes > limits.ratioFloorBytes && bytes > packed * limits.ratio;

export const bombMessage = (limits: TreeLimits): string =>
  `It would unpack to more than ${limits.ratio} times its size; such files are made to do harm.`;

export const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;

export function createTreeBuilder(wrapper: 'folder' | 'zip' | 'tar', limits: TreeLimits): TreeBuilder {
  const nodes = createNodes();
  const findings = createFindingList();
  let total = 0;
  let lastFolder = '';
  let lastFolderNode = 0;

  function add(
    parent: number,
    name: string,
    kind: number,
    bytes: number,
    place: number,
    path: string,
  ): number {
    if (nodes.count >= limits.entries)
      throw new Refusal(
        'tree.entries',
        `It holds more than ${limits.entries.toLocaleString('en')} files and folders.`,
        { path },
      );
    return nodes.add(parent, name, kind, bytes, place, (other) =>
      findings.add(
        'tree.nameClash',
        'warning',
        path,
        `Its name differs from "${nodes.name(other)}" only by letter case or Unicode normal form; some systems keep one of the two.`,
      ),
    );
  }

  /** The node of a folder, made where it is not there; -1 where a file is in the way. */
  function folder(path: string): number {
    if (path === lastFolder) return lastFolderNode;
    let at = 0;
    let end = -1;
    do {
      const from = end + 1;
      end = path.indexOf('/', from);
      const name = path.slice(from, end < 0 ? path.length : end);
      const known = nodes.child(at, name);
      if (known >= 0 && nodes.kind(known) !== FOLDER) return -1;
      at = known >= 0 ? known : add(at, name, FOLDER, 0, -1, end < 0 ? path : path.slice(0, end));
    } while (end >= 0);
    lastFolder = path;
    lastFolderNode = at;
    return at;
  }

  return {
    limits,
    nodes,
    get total() {
      return total;
    },
    findings,
    say: findings.add,
    put(written, kind, bytes, place, packed) {
      const { path, problem } = judgeName(written, wrapper, limits);
      if (problem) findings.add(problem.code, problem.severity, written, problem.message);
      if (path === null || path === '') return -1;
      const bothWays = () => {
        findings.add('tree.duplicate', 'error', path, 'Its name is that of a file and of a folder too.');
        return -1;
      };
      if (kind === FOLDER) {
        const node = folder(path);
        return node < 0 ? bothWays() : node;
      }
      const cut = path.lastIndexOf('/');
      const parent = cut < 0 ? 0 : folder(path.slice(0, cut));
      if (parent < 0) return bothWays();
      const name = path.slice(cut + 1);
      const known = nodes.child(parent, name);
      if (known >= 0) {
        if (nodes.kind(known) === FOLDER) return bothWays();
        findings.add(
          'tree.duplicate',
          'error',
          path,
          'Another file has the same name; each name may stand once.',
        );
        return -1;
      }
      if (bytes > limits.entryBytes)
        findings.add('tree.entryBytes', 'error', path, `It is larger than ${megabytes(limits.entryBytes)}.`);
      total += bytes;
      if (total > limits.totalBytes)
        throw new Refusal(
          'tree.totalBytes',
          `Its files are larger than ${megabytes(limits.totalBytes)} together.`,
          { path },
        );
      if (packed !== undefined && isBomb(bytes, packed, limits))
        findings.add('tree.ratio', 'error', path, bombMessage(limits));
      return add(parent, name, FILE, bytes, place, path);
    },
  };
}
