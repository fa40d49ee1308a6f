import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface SystemPackage {
  /** Debian's name. */
  name: string;
  /** What needs it, in words. */
  for: string;
  isThere(): boolean;
}

const inPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

const hasChineseFont = () => {
  const { stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return (stdout ?? '').trim() !== '';
};

export const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];

export const PACKAGES: readonly SystemPackage[] = [
  { name: 'chromium', for: 'the browser journeys', isThere: () => CHROMIUM.some(inPath) },
  { name: 'fontconfig', for: 'finding fonts', isThere: () => inPath('fc-list') },
  { name: 'fonts-noto-cjk', for: 'Chinese in the browser', isThere: hasChineseFont },
  {
    name: 'poppler-utils',
    for: 'reading PDF files with another reader (pdfsig, pdftotext)',
    isThere: () => inPath('pdftotext'),
  },
];

/** Those that are not there. */
export const missingPackages = (): SystemPackage[] => PACKAGES.filter((p) => !p.isThere());

/**
 * Installs what is missing through Debian's packages, where this process may.
 *
 * @returns what is still missing afterwards
 */
export function installMissing(say: (line: string) => void): SystemPackage[] {
  const missing = missingPackages();
  if (missing.length === 0) return [];
  const names = missing.map((p) => p.name);
  if (process.getuid?.() === 0 && inPath('apt-get')) {
    say(`Installing ${names.join(', ')} …`);
    const apt = (...args: string[]) =>
      spawnSync('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120', ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update');
    const { status, stderr } = apt('install', '--no-install-recommends', ...names);
    if (status !== 0)
      say(`apt-get could not install them: ${(stderr ?? '').trim().split('\n').at(-1) ?? ''}`);
    return missingPackages();
  }
  say(
    `Missing on this machine: ${names.join(', ')}. With Debian or Ubuntu: sudo apt-get install ${names.join(' ')}`,
  );
  return missing;
}
