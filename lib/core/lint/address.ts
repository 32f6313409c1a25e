/** Whether packets to an IP address surely leave the private networks of RFC 1918, 6598, 4193 and the link; names tell nothing. */
export function isPublicAddress(address: string): boolean {
  if (address.includes(':')) return /^[23][0-9a-f]{3}:/i.test(address) && !/^2001:0?db8:/i.test(address);
  const octets = address.split('.').map(Number);
  const [a = 0, b = 0, c = 0] = octets;
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet))) return false;
  const isPrivate =
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168);
  // Ranges for examples (RFC 5737) are no real addresses.
  const isExample =
    (a === 192 && b === 0 && c === 2) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113);
  return !isPrivate && !isExample;
}
