/** Brings the person to the first field at fault, once React has marked it. */
export function focusFirstError(form: HTMLElement) {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
