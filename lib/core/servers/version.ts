/**
 * Whether a version is known and at least `since`. An unknown version (`null`) is never "at least": the conservative form is chosen.
 */
export function atLeast(version: string | null, since: string): boolean {
  return version !== null && compareVersions(version, since) >= 0;
}

/** Orders dotted versions by number: negative when `a` is older than `b`. Missing parts count as zero. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let part = 0; part < Math.max(left.length, right.length); part++) {
    const difference = Number(left[part] ?? 0) - Number(right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
