'use client';
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { contains, type Marks, type PlacedIssue } from './marks';

const MarksContext = createContext<Marks | null>(null);

export function MarksProvider({ marks, children }: { marks: Marks; children: ReactNode }) {
  return <MarksContext value={marks}>{children}</MarksContext>;
}

export function useMarks(): Marks {
  const marks = useContext(MarksContext);
  if (!marks) throw new Error('useMarks needs a MarksProvider');
  return marks;
}

/** Says that the field is on the page, and answers what there is to show at it. */
export function useFieldMarks(
  field: string,
  label: string,
): {
  issues: readonly PlacedIssue[];
  revealed: boolean;
  lit: boolean;
} {
  const marks = useMarks();
  useEffect(() => marks.register(field, label), [marks, field, label]);
  const issues = useSyncExternalStore(
    marks.subscribe,
    () => marks.issuesOf(field),
    () => marks.issuesOf(field),
  );
  const revealed = useSyncExternalStore(
    marks.subscribe,
    () => marks.isRevealed(field),
    () => false,
  );
  const lit = useSyncExternalStore(
    marks.subscribe,
    () => marks.lit() === field,
    () => false,
  );
  return { issues, revealed, lit };
}

/** Whether the field that has the focus lies in this part of the form. */
export function useFocusWithin(field: string): boolean {
  const marks = useMarks();
  return useSyncExternalStore(
    marks.subscribe,
    () => {
      const focused = marks.focused();
      return focused !== null && contains(field, focused);
    },
    () => false,
  );
}
