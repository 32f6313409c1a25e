import 'server-only';

/** One text for what is on record as applied; it is another one as soon as anything of it changes. */
export const appliedVersion = (
  targets: readonly { appliedFiles: readonly { id: string; updatedAt: Date }[] }[],
): string =>
  targets
    .flatMap(({ appliedFiles }) => appliedFiles.map(({ id, updatedAt }) => `${id} ${updatedAt.getTime()}`))
    .sort()
    .join('\n');
