const keptAs = 'gatehouse.sso';

interface Begun {
  readonly ticket: string;
  /** Page to open afterwards. */
  readonly next: string;
}

/** Remembers, in this tab only, what was begun: a return in another tab or browser was not begun here. */
export function keepBegun(begun: Begun): void {
  sessionStorage.setItem(keptAs, JSON.stringify(begun));
}

/** What was begun in this tab, once. */
export function takeBegun(): Begun | null {
  const kept = sessionStorage.getItem(keptAs);
  sessionStorage.removeItem(keptAs);
  try {
    const { ticket, next } = JSON.parse(kept ?? '') as Partial<Begun>;
    return typeof ticket === 'string' && typeof next === 'string' ? { ticket, next } : null;
  } catch {
    return null;
  }
}
