import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** By what an address is counted: IPv4 whole, IPv6 by its /64, since one customer of a provider has all of that. */
export function addressKey(ip: string): string {
  const mapped = MAPPED.exec(ip)?.[1];
  if (mapped) return mapped;
  const bare = ip.split('%', 1)[0] ?? '';
  if (!isIPv6(bare)) return ip.slice(0, 64);
  const [head = '', tail] = bare.toLowerCase().split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const all = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${all.slice(0, 4).join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  if (text === '') return [];
  // A dotted ending counts as two groups; it never is among the first four that are kept.
  return text
    .split(':')
    .flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : [group.replace(/^0+(?=.)/, '')]));
}
