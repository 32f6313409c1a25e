import type { EditorValues } from './editor-values';

/** What was typed and not saved, kept in this browser. */
export interface Draft {
  readonly values: EditorValues;
  /** Revision that the edit began from, `null` for a new site. */
  readonly head: number | null;
  readonly at: string;
}

const version = 1;

const keyOf = (user: string, team: string, site: string | null) =>
  `gatehouse.draft.${version}.${user}.${team}.${site ?? 'new'}`;

/** Drafts of one person in one team; storage that is full or switched off is no reason to stop working. */
export function draftStore(user: string, team: string, site: string | null) {
  const key = keyOf(user, team, site);
  return {
    load(): Draft | null {
      try {
        const stored: unknown = JSON.parse(window.localStorage.getItem(key) ?? 'null');
        return isDraft(stored) ? stored : null;
      } catch {
        return null;
      }
    },
    /** Answers whether the draft is kept. */
    save(draft: Draft): boolean {
      try {
        window.localStorage.setItem(key, JSON.stringify(draft));
        return true;
      } catch {
        return false;
      }
    },
    remove(): void {
      try {
        window.localStorage.removeItem(key);
      } catch {
        // Nothing was kept, so nothing is left.
      }
    },
  };
}

function isDraft(value: unknown): value is Draft {
  const draft = value as Partial<Draft> | null;
  return (
    typeof draft === 'object' &&
    draft !== null &&
    typeof draft.at === 'string' &&
    typeof draft.values?.document === 'object' &&
    typeof draft.values.document.preset === 'string' &&
    typeof draft.values.switches === 'object' &&
    Array.isArray(draft.values.targetIds)
  );
}
