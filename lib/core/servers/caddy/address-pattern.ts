/**
 * Addresses of a range as they are written in `X-Forwarded-For`, as an RE2 expression without anchors, groups or braces; `null` where text
 * cannot tell (IPv6 ranges that end inside a group or in a run of zeros). Never matches an address outside of the range.
 */
export function addressPattern(range: string): string | null {
  const [address = '', bits] = range.split('/');
  return address.includes(':')
    ? ipv6Pattern(address, bits)
    : ipv4Pattern(address, bits === undefined ? 32 : Number(bits));
}

function ipv4Pattern(address: string, bits: number): string {
  return address
    .split('.')
    .map((octet, index) => {
      const fixed = Math.min(8, Math.max(0, bits - index * 8));
      if (fixed === 8) return String(Number(octet));
      if (fixed === 0) return '[0-9]+';
      const size = 2 ** (8 - fixed);
      const first = Math.floor(Number(octet) / size) * size;
      return `(?:${Array.from({ length: size }, (_, offset) => first + offset).join('|')})`;
    })
    .join('\\.');
}

function ipv6Pattern(address: string, bits: string | undefined): string | null {
  const text = address.toLowerCase();
  if (bits === undefined || bits === '128') {
    return `(?i:${text.replaceAll('.', '\\.')})`;
  }
  const length = Number(bits);
  if (length === 0 || length % 16 !== 0) return null;
  const groups = (text.split('::')[0] ?? '').split(':').slice(0, length / 16);
  // A group of zeros may be left out, so only prefixes of groups that are there in every spelling can be told.
  if (groups.length < length / 16 || groups.some((group) => /^0*$/.test(group))) return null;
  return `(?i:${groups.map((group) => `0*${group.replace(/^0+/, '')}`).join(':')}:[0-9a-f:.]*)`;
}
