import { useEffect, useSyncExternalStore } from 'react';
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

/** Puts the section in for its top-level fields, and says whether the line under the pointer comes from one of them. */
export function useSectionLit(fields: readonly string[], title: string): boolean {
  const marks = useMarks();
  useEffect(() => {
    const removals = fields.map((field) => marks.register(field, title));
    return () => {
      for (const remove of removals) remove();
    };
  }, [marks, fields, title]);
  return useSyncExternalStore(
    marks.subscribe,
    () => {
      const lit = marks.lit();
      return lit !== null && fields.some((field) => contains(field, lit));
    },
    () => false,
  );
}
