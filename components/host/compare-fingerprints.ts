/**
 * Looks for SHA256 fingerprints in what `ssh-keygen -lf` printed, or in a bare fingerprint. Several lines (a key of each type)
 * match when one of them does.
 */
export function compareFingerprints(printed: string, fingerprint: string): 'same' | 'different' | 'none' {
  const found: readonly string[] = printed.match(/SHA256:[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])/g) ?? [];
  if (found.length === 0) return 'none';
  return found.includes(fingerprint) ? 'same' : 'different';
}
