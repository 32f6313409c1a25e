import { useQueryState } from 'nuqs';
import { useEffect } from 'react';
import type { Marks } from './marks';
import { goTo } from './show-field';

/** Leads to the field that a link names (`?field=tls.certificate`), as the findings of plans and applies do. */
export function useShownField(marks: Marks): void {
  const [field] = useQueryState('field');
  useEffect(() => {
    if (field === null) return;
    const path = field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    // The fields are on the page after this frame.
    const frame = requestAnimationFrame(() => goTo(marks, path));
    return () => cancelAnimationFrame(frame);
  }, [field, marks]);
}
