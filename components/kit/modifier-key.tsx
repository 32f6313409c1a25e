'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** The key of shortcuts on this machine: ⌘ on a Mac, Ctrl elsewhere. */
export function ModifierKey() {
  const mac = useSyncExternalStore(
    never,
    () => /mac|iphone|ipad/i.test(navigator.userAgent),
    () => false,
  );
  return <>{mac ? '⌘' : 'Ctrl '}</>;
}
