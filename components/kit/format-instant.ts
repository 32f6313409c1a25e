let formatter: Intl.DateTimeFormat | undefined;

/** Date and time as this browser's language writes them. One formatter for the page: making one costs more than a whole row of a list. */
export function formatInstant(instant: string): string {
  formatter ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });
  return formatter.format(new Date(instant));
}
