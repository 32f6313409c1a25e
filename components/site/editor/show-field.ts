import { controlId } from './site-field';

/** Brings a field into view, opening what it is folded into; `focus` puts the cursor there too. */
export function showField(field: string, focus: boolean): void {
  const element = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  if (!element) return;
  for (
    let details = element.closest('details');
    details;
    details = details.parentElement?.closest('details') ?? null
  ) {
    if (focus) details.open = true;
    // Pointing at a line must not rearrange the page.
    else if (!details.open) {
      details.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
      return;
    }
  }
  element.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  if (!focus) return;
  const control = document.getElementById(controlId(field));
  const inner = control?.matches('fieldset,[role="radiogroup"]')
    ? control.querySelector<HTMLElement>('input,textarea,button')
    : control;
  (inner ?? element.querySelector<HTMLElement>('input,textarea,button'))?.focus({ preventScroll: true });
}
