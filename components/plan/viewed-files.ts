import { useCallback, useSyncExternalStore } from 'react';
import type { Change } from '#core/change/change';
import type { TargetPlan } from '#core/plan/target-plan';

const storageKey = 'gatehouse.viewed-changes';
const maxKept = 500;
const listeners = new Set<() => void>();

/**
 * Names a change by what it does, not by its plan: what was looked at once need not be looked at again in a new plan, unless
 * either side is another one.
 */
export function changeKey(target: Pick<TargetPlan, 'targetId'>, change: Change): string {
  const { before, after } = change;
  const old =
    before.kind === 'file'
      ? `${before.sha256}${before.mode}`
      : before.kind === 'link'
        ? before.target
        : before.kind;
  const next =
    after.kind === 'file'
      ? `${after.sha256}${after.mode}`
      : after.kind === 'link'
        ? after.target
        : after.kind;
  return [target.targetId, change.path, old, next].join('\n');
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function stored(): string {
  try {
    return localStorage.getItem(storageKey) ?? '[]';
  } catch {
    return '[]';
  }
}

function parse(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

/** Which changes this person has marked as viewed, on this browser. */
export function useViewedChanges() {
  const text = useSyncExternalStore(subscribe, stored, () => '[]');
  const viewed = new Set(parse(text));
  const setViewed = useCallback((key: string, on: boolean) => {
    const others = parse(stored()).filter((other) => other !== key);
    const next = on ? [...others, key].slice(-maxKept) : others;
    try {
      localStorage.setItem(storageKey, JSON.stringify(next));
    } catch {
      // Without storage the mark is a convenience that is missing, nothing more.
    }
    for (const listener of listeners) listener();
  }, []);
  return { viewed, setViewed };
}
