import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isRefusal, Refusal } from '#kernel/errors';
import { NAMES, type Place } from './place.ts';

/** Who writes at a place now. One at a time: what one counts as there, another must not clear away. */
interface LeaseRecord {
  token: string;
  host: string;
  pid: number;
  since: string;
  renewed: string;
}

export interface Lease {
  /** @throws Refusal backup.leaseLost when another has taken it over */
  demand(): Promise<void>;
  end(): Promise<void>;
}

const RENEW_MS = 20_000;
/** A writer not heard of for so long is given up. */
const GIVEN_UP_MS = 180_000;

/** @throws Refusal backup.busy while another writes there */
export async function takeLease(place: Place, now: () => Date = () => new Date()): Promise<Lease> {
  const token = randomUUID();
  const since = now().toISOString();
  const record = (): Buffer =>
    Buffer.from(
      JSON.stringify({ token, host: hostname(), pid: process.pid, since, renewed: now().toISOString() }),
    );
  while (!(await place.claim(NAMES.lease, record()))) {
    const other = await readLease(place);
    if (other && !isOver(other, now()))
      throw new Refusal(
        'backup.busy',
        `Another backup is being written in ${place.shown} since ${other.since}, by process ${other.pid} on ${other.host}. Wait until it is done.`,
        { place: place.shown, since: other.since, host: other.host, pid: other.pid },
      );
    if (other) await place.remove(NAMES.lease);
  }
  let lost = false;
  const demand = async () => {
    if (!lost && (await readLease(place))?.token === token) return;
    lost = true;
    throw new Refusal(
      'backup.leaseLost',
      `Another process has begun to write in ${place.shown}, because this one was not heard of for minutes. This backup does not count; start it again.`,
      { place: place.shown },
    );
  };
  const timer = setInterval(() => {
    demand()
      .then(() => place.write(NAMES.lease, record()))
      .catch(() => {});
  }, RENEW_MS);
  timer.unref();
  return {
    demand,
    async end() {
      clearInterval(timer);
      if ((await readLease(place).catch(() => undefined))?.token === token)
        await place.remove(NAMES.lease).catch(() => {});
    },
  };
}

async function readLease(place: Place): Promise<LeaseRecord | undefined> {
  try {
    return JSON.parse((await place.read(NAMES.lease)).toString('utf8')) as LeaseRecord;
  } catch (e) {
    if ((isRefusal(e) && e.code === 'backup.missing') || e instanceof SyntaxError) return undefined;
    throw e;
  }
}

function isOver(other: LeaseRecord, now: Date): boolean {
  if (now.getTime() - new Date(other.renewed).getTime() > GIVEN_UP_MS) return true;
  if (other.host !== hostname()) return false;
  try {
    process.kill(other.pid, 0);
    return false;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
