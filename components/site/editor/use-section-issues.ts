import { useSyncExternalStore } from 'react';
import { contains, pathKey } from './marks';
import { useMarks } from './marks-context';

/** How many errors lie in the given top-level fields. */
export function useSectionIssues(fields: readonly string[]): number {
  const marks = useMarks();
  const count = () =>
    marks
      .all()
      .filter(
        ({ severity, path }) =>
          severity === 'error' && fields.some((field) => contains(field, pathKey(path))),
      ).length;
  return useSyncExternalStore(marks.subscribe, count, () => 0);
}
