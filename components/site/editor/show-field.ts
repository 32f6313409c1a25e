import { type Marks, pathKey } from './marks';
import { controlId } from './site-field';

/** Frames that opened sections get to make their fields. */
const patienceFrames = 12;

const elementOf = (field: string) =>
  document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`) ??
  document.querySelector<HTMLElement>(`[data-section~="${CSS.escape(field)}"]`);

/** Brings into view what a path of the document leads to, without rearranging the page. */
export function pointAt(marks: Marks, path: readonly (string | number)[]): void {
  const field = marks.fieldFor([...path]);
  const element = field === null ? null : elementOf(field);
  const closed = element?.closest('details:not([open])');
  (closed ?? element)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

/**
 * Puts the cursor into the field that a path of the document leads to, opening what it is folded into. What was folded away makes its fields only
 * when it is opened, so the way is looked for again until it leads to the very field, or for as long as that takes.
 */
export function goTo(marks: Marks, path: readonly (string | number)[], frames = patienceFrames): void {
  const field = marks.fieldFor([...path]);
  const element = field === null ? null : elementOf(field);
  if (field === null || !element) return;
  const exact = field === pathKey([...path]);
  for (const details of closedAround(element)) details.open = true;
  const inside = element.querySelectorAll<HTMLDetailsElement>('details:not([open])');
  if (!exact && inside.length === 1 && inside[0]) inside[0].open = true;
  if (!exact && frames > 0) {
    requestAnimationFrame(() => goTo(marks, path, frames - 1));
    return;
  }
  element.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  const control = document.getElementById(controlId(field));
  const inner = control?.matches('fieldset,[role="radiogroup"]')
    ? control.querySelector<HTMLElement>('input,textarea,button')
    : control;
  (inner ?? element.querySelector<HTMLElement>('input,textarea,button,summary'))?.focus({
    preventScroll: true,
  });
}

function closedAround(element: HTMLElement): HTMLDetailsElement[] {
  const found: HTMLDetailsElement[] = [];
  for (let at: Element | null = element; at; at = at.parentElement)
    if (at instanceof HTMLDetailsElement && !at.open) found.push(at);
  return found;
}
