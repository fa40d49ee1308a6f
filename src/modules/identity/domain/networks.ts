import { BlockList, isIP } from 'node:net';
import { Refusal } from '#kernel/errors';

const MOST = 50;

/** The address as IPv4 where a dual socket gave it as one of IPv6. */
const plain = (address: string): string =>
  /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address.split('%', 1)[0] ?? '';

/** Whether an address lies in one of the networks. @param networks as `readNetworks` gives them; null: anywhere */
export function isFrom(networks: readonly string[] | null, address: string): boolean {
  if (networks === null) return true;
  const from = plain(address);
  const family = isIP(from);
  if (family === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/');
    list.addSubnet(base, Number(bits), isIP(base) === 6 ? 'ipv6' : 'ipv4');
  }
  return list.check(from, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Networks as people write them, `10.2.0.0/16` or one address, in the form they are kept in.
 *
 * @returns null for none given: anywhere
 * @throws Refusal token.address naming what is no network
 */
export function readNetworks(given: readonly string[]): string[] | null {
  const words = given.map((w) => w.trim()).filter((w) => w !== '');
  if (words.length > MOST)
    throw new Refusal('token.address', `At most ${MOST} networks can be named.`, { address: String(MOST) });
  const read = words.map((word) => {
    const [base = '', bits, ...more] = word.split('/');
    const family = isIP(base);
    const longest = family === 6 ? 128 : 32;
    const n = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (family === 0 || base.includes('%') || more.length > 0 || n < 0 || n > longest || !isNetwork(base, n))
      throw new Refusal('token.address', `“${word}” is no address and no network such as 10.2.0.0/16.`, {
        address: word.slice(0, 100),
      });
    return `${base}/${n}`;
  });
  return read.length === 0 ? null : [...new Set(read)];
}

/** Whether nothing stands behind the network's bits: 10.2.3.4/16 is more likely a slip than a network. */
function isNetwork(base: string, bits: number): boolean {
  const bytes = isIP(base) === 6 ? bytesOfSix(base) : base.split('.').map(Number);
  return bytes.every((byte, i) => {
    const kept = Math.min(8, Math.max(0, bits - i * 8));
    return (byte & (0xff >> kept)) === 0;
  });
}

function bytesOfSix(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const [, head = '', ...four] = dotted ?? [];
  const pair = (i: number) => (Number(four[i]) * 256 + Number(four[i + 1])).toString(16);
  const text = dotted ? `${head}${pair(0)}:${pair(2)}` : address;
  const [left = '', right] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [a, b] = [groups(left), groups(right ?? '')];
  const all = right === undefined ? a : [...a, ...Array(8 - a.length - b.length).fill('0'), ...b];
  return all.flatMap((g) => {
    const n = Number.parseInt(g, 16);
    return [n >> 8, n & 0xff];
  });
}
