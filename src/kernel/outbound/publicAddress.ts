import { type LookupOptions, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Addresses that are nobody's on the open network: this machine, the house's own network, what is kept for special ends. */
const INNER = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INNER.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  INNER.addSubnet(net, bits, 'ipv6');

/** Whether an IP address is one of the open network. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !INNER.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export class InnerAddress extends Error {
  override readonly name = 'InnerAddress';
}

/** The host of an address of the web as an IP address, where it is written as one. */
const literal = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** @throws InnerAddress where an address of the web names a machine by an IP address that is not of the open network */
export function demandPublic(url: URL): void {
  const host = literal(url);
  if (isIP(host) !== 0 && !isPublicAddress(host))
    throw new InnerAddress(`${host} is no address of the open network`);
}

/** Finds a host's addresses as the system does, and fails where one of them is not of the open network: what is then connected to is what was looked at. */
export const lookupPublic: LookupFunction = (hostname, options: LookupOptions, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const inner = addresses.find(({ address }) => !isPublicAddress(address));
    if (inner)
      return callback(
        new InnerAddress(`${hostname} is ${inner.address}, which is not of the open network`),
        '',
        0,
      );
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    if (!first) return callback(new Error(`${hostname} has no address`), '', 0);
    callback(null, first.address, first.family);
  });
};
