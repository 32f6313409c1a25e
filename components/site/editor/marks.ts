import type { Issue } from '#core/issue';

/** An issue with where it was found, such as "nginx 1.22.1", when it is not about the document alone. */
export interface PlacedIssue extends Issue {
  readonly where?: string;
}

const none: readonly PlacedIssue[] = [];

export const pathKey = (path: Issue['path']) => path.join('.');

/** Whether `outer` names the same field as `inner` or one around it. */
export function contains(outer: string, inner: string): boolean {
  return outer === inner || inner.startsWith(`${outer}.`);
}

/**
 * What form and preview tell each other, outside of React's tree so that a keystroke re-renders only the fields concerned: which issues
 * belong to which field, which field has the focus, and which field made the line under the pointer.
 */
export class Marks {
  private readonly listeners = new Set<() => void>();
  /** Fields on the page with their labels; one may be there twice for a moment while React moves it. */
  private readonly fields = new Map<string, string[]>();
  private readonly revealed = new Set<string>();
  private allRevealed = false;
  private issues: readonly PlacedIssue[] = none;
  private byField: ReadonlyMap<string, readonly PlacedIssue[]> = new Map();
  private unplacedIssues: readonly PlacedIssue[] = none;
  private focusedField: string | null = null;
  private litField: string | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A field is on the page under this label; answers how to take it off again. */
  register(field: string, label: string): () => void {
    this.fields.set(field, [...(this.fields.get(field) ?? []), label]);
    this.place();
    return () => {
      const left = (this.fields.get(field) ?? []).slice(1);
      if (left.length > 0) this.fields.set(field, left);
      else this.fields.delete(field);
      this.place();
    };
  }

  /** What is the same as before is left alone: every field on the page listens. */
  setIssues(issues: readonly PlacedIssue[]): void {
    if (JSON.stringify(issues) === JSON.stringify(this.issues)) return;
    this.issues = issues;
    this.place();
  }

  /** The person has left the field: from now on its errors are shown. */
  reveal(field: string): void {
    if (this.revealed.has(field)) return;
    this.revealed.add(field);
    this.tell();
  }

  revealAll(): void {
    this.allRevealed = true;
    this.tell();
  }

  focus(field: string | null): void {
    if (this.focusedField === field) return;
    this.focusedField = field;
    this.tell();
  }

  light(field: string | null): void {
    if (this.litField === field) return;
    this.litField = field;
    this.tell();
  }

  issuesOf = (field: string): readonly PlacedIssue[] => this.byField.get(field) ?? none;
  isRevealed = (field: string): boolean => this.allRevealed || this.revealed.has(field);
  labelOf = (field: string): string | undefined => this.fields.get(field)?.at(-1);
  unplaced = (): readonly PlacedIssue[] => this.unplacedIssues;
  all = (): readonly PlacedIssue[] => this.issues;
  focused = (): string | null => this.focusedField;
  lit = (): string | null => this.litField;

  /** The field on the page that a path of the document leads to: the closest one around it, else the first one inside it. */
  fieldFor(path: Issue['path'] | null): string | null {
    if (path === null) return null;
    for (let length = path.length; length > 0; length--) {
      const field = pathKey(path.slice(0, length));
      if (this.fields.has(field)) return field;
    }
    const key = pathKey(path);
    for (const field of this.fields.keys()) if (key !== '' && contains(key, field)) return field;
    return null;
  }

  private place(): void {
    const byField = new Map<string, PlacedIssue[]>();
    const unplaced: PlacedIssue[] = [];
    for (const issue of this.issues) {
      const field = this.fieldFor(issue.path);
      if (field === null) unplaced.push(issue);
      else byField.set(field, [...(byField.get(field) ?? []), issue]);
    }
    // Fields keep their list while nothing changed for them, so that React leaves them alone.
    this.byField = stable(this.byField, byField);
    this.unplacedIssues = unplaced.length > 0 ? unplaced : none;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function stable(
  before: ReadonlyMap<string, readonly PlacedIssue[]>,
  after: ReadonlyMap<string, readonly PlacedIssue[]>,
): ReadonlyMap<string, readonly PlacedIssue[]> {
  return new Map(
    [...after].map(([field, issues]) => {
      const old = before.get(field);
      return [field, old && JSON.stringify(old) === JSON.stringify(issues) ? old : issues];
    }),
  );
}
