import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Guard, guardOf } from './guard.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
/** The machine may be busy with something else: nothing is measured against this, it only ends what hangs. */
const PATIENCE = 120_000;

/** The browser of this machine, if it has one. */
export const CHROMIUM = (process.env.PATH ?? '')
  .split(delimiter)
  .concat('/usr/bin', '/usr/lib/chromium', '/opt/google/chrome')
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find((path) => existsSync(path));

if (!CHROMIUM)
  process.stderr.write(
    'Not performed: the journeys. There is no Chromium here (apt-get install chromium).\n',
  );

export function openBrowser(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('There is no Chromium here.');
  // Without a UTF-8 locale it can not open files whose names are Chinese, and says nothing: nothing is chosen then.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS, env });
}

/** One person at one machine: a page of its own, with what went wrong on it noted. */
export interface Visitor {
  page: Page;
  guard: Guard;
  /** Another tab of the same person. */
  tab(): Promise<Page>;
  /** All tabs that are open. */
  pages(): Page[];
  close(): Promise<void>;
}

export async function visitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 860 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  const guard = guardOf(context);
  return {
    page: await context.newPage(),
    guard,
    tab: () => context.newPage(),
    pages: () => context.pages(),
    close: () => context.close(),
  };
}
