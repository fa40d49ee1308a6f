import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { OsAccount } from './os-account.ts';
import type { Place } from './place.ts';

/**
 * Waits for the end of the pipe from the process it guards for. After an orderly end it was told so and goes. When that
 * process was killed, it gives a successor ten seconds to take the server over; if nobody does, and no other process
 * uses it, the server is shut down in order.
 */
const SCRIPT = `
read line && exit 0
n=0
while [ $n -lt 10 ]; do
  sleep 1
  [ -e "$1/cluster/postmaster.pid" ] || exit 0
  [ "$(cat "$1/owner" 2>/dev/null)" = "$2" ] || exit 0
  n=$((n + 1))
done
for tenant in "$1"/tenants/*_*; do
  pid=\${tenant##*/}
  pid=\${pid%%_*}
  if [ -d /proc/self ]; then [ -d "/proc/$pid" ] && exit 0; else ps -p "$pid" >/dev/null 2>&1 && exit 0; fi
done
kill -INT "$(head -n 1 "$1/cluster/postmaster.pid")"
`;

/** Watches over the server in case this process is killed. @returns to be called at an orderly end. */
export function startGuard(place: Place, token: string, account: OsAccount | undefined): () => void {
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'lantai-guard', place.base, token], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a guard the server merely outlives a kill -9 until the next start.
  guard.on('error', () => {});
  guard.stdin.on('error', () => {});
  guard.unref();
  (guard.stdin as Socket).unref();
  return () => guard.stdin.end('done\n');
}
