import type { Output } from '../output.ts';
import { ACCOUNTS, PASSWORD } from './network/accounts.ts';
import { archiveOf } from './network/archives.ts';

/** Says where the sample is served and who can sign in. */
export function announce(out: Output, url: string): void {
  out.document({
    ready: true,
    url,
    accounts: ACCOUNTS.map(({ role, username }) => ({ role, username, password: PASSWORD })),
  });
  out.line();
  out.line(`Lantai with its sample network: ${url}`);
  out.line(`Staff sign in at ${url}/console/ with one of these names and the password ${PASSWORD}`);
  out.line();
  const rows = ACCOUNTS.map((a) => [a.username, a.displayName, a.roles.join(', '), whereOf(a)]);
  out.table([['user name', 'name', 'roles', 'archive'], ...rows]);
  out.line();
  out.line('Page images are taken in and read in the background. Ctrl-C ends it all.');
}

function whereOf({ archive, subtree }: (typeof ACCOUNTS)[number]): string {
  const { name, nameEn } = archiveOf(archive);
  return `${name} ${nameEn}${subtree ? ', and all below' : ''}`;
}
