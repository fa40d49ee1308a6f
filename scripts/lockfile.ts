export interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface Lockfile {
  packages: Record<string, LockEntry>;
}

/**
 * Adds an entry for each optional dependency that has none. Version and platform come from the name and range, so only
 * packages pinned to one version and named by platform (`…-darwin-arm64`) are added; they carry no digest, since the
 * registry at hand does not have them.
 *
 * @returns the names added; the lock file is changed in place, its entries kept in order
 */
export function completeLockfile(lock: Lockfile): string[] {
  const added: string[] = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (!platform || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version) || resolves(lock, path, name)) continue;
      const dev = entry.dev ? { dev: true } : {};
      lock.packages[`node_modules/${name}`] = { version, ...dev, optional: true, ...platform };
      added.push(name);
    }
  }
  const [root, ...rest] = Object.entries(lock.packages);
  if (root) lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
  return added;
}

const PLATFORM =
  /(android|darwin|freebsd|linux|win32)-(arm64|arm|x64|ia32|ppc64|riscv64|s390x)(?:-(gnu|musl|msvc|gnueabihf|musleabihf))?$/;

/** What a platform package's name says about the machines it is for; undefined when it is not such a name. */
export function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> | undefined {
  const [, os, cpu, abi] = PLATFORM.exec(name) ?? [];
  if (!os || !cpu) return undefined;
  const libc = os !== 'linux' || !abi ? {} : { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] };
  return { cpu: [cpu], ...libc, os: [os] };
}

/** Whether a package at `from` finds `name`, the way Node looks for it. */
function resolves(lock: Lockfile, from: string, name: string): boolean {
  let base = from;
  for (;;) {
    if (lock.packages[`${base ? `${base}/` : ''}node_modules/${name}`]) return true;
    if (!base) return false;
    const cut = base.lastIndexOf('/node_modules/');
    base = cut < 0 ? '' : base.slice(0, cut);
  }
}
