import { useQueryState } from 'nuqs';
import { useEffect } from 'react';
import { showField } from './show-field';

/** Leads to the field that a link names (`?field=tls.certificate`), as the findings of plans and applies do. */
export function useShownField(): void {
  const [field] = useQueryState('field');
  useEffect(() => {
    if (field === null) return;
    const parts = field.split('.');
    // A finding may name something smaller than a control.
    while (parts.length > 1 && !document.querySelector(`[data-field="${CSS.escape(parts.join('.'))}"]`))
      parts.pop();
    const frame = requestAnimationFrame(() => showField(parts.join('.'), true));
    return () => cancelAnimationFrame(frame);
  }, [field]);
}
