import 'server-only';
import { singleton } from '../../platform/singleton';

const listeners = () => singleton('access-changes', () => new Set<() => void>());

/** Says, after the commit, that somebody may do less or more than before: every open event stream asks again. */
export function announceAccessChange(): void {
  for (const listener of [...listeners()]) listener();
}

/** Calls `listener` at every change of rights; returns what stops that. */
export function onAccessChange(listener: () => void): () => void {
  listeners().add(listener);
  return () => void listeners().delete(listener);
}
