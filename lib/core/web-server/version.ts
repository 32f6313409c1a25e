/**
 * Whether a version is known and at least `since`. An unknown version (`null`) is never "at least": the conservative form is chosen.
 */
export function atLeast(version: string | null, since: string): boolean {
  return version !== null && compareVersions(version, since) >= 0;
}

/** Orders dotted versions by number: negative when `a` is older than `b`. Missing parts count as zero. */
export function compareVersions(a: string, b: string): number {
  // Asked many times per site, so nothing is allocated here.
  for (let atA = 0, atB = 0; atA < a.length || atB < b.length; ) {
    let left = 0;
    for (; atA < a.length && a[atA] !== '.'; atA++) left = left * 10 + Number(a[atA]);
    let right = 0;
    for (; atB < b.length && b[atB] !== '.'; atB++) right = right * 10 + Number(b[atB]);
    if (left !== right) return left - right;
    atA++;
    atB++;
  }
  return 0;
}
