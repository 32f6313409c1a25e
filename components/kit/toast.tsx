'use client';
import { lazy, Suspense, useSyncExternalStore } from 'react';

interface Options {
  description?: string | undefined;
  /** Something to do about it, such as undoing it; then the message stays longer. */
  action?: { label: string; onClick: () => void };
}

// The toasts' own code comes with the first toast.
const Toaster = lazy(() => import('#components/ui/sonner').then((module) => ({ default: module.Toaster })));

let wanted = false;
const listeners = new Set<() => void>();
let markReady: () => void = () => undefined;
const ready = new Promise<void>((resolve) => {
  markReady = resolve;
});

async function show(kind: 'success' | 'error', title: string, options: Options): Promise<void> {
  wanted = true;
  for (const listener of listeners) listener();
  const [{ toast: sonner }] = await Promise.all([import('sonner'), ready]);
  sonner[kind](title, options.action ? { ...options, duration: 15_000 } : options);
}

/** A short message at the edge of the window. What must not be missed belongs on the page. */
export const toast = {
  success: (title: string, options: Options = {}) => void show('success', title, options),
  error: (title: string, options: Options = {}) => void show('error', title, options),
};

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear. */
export function ToastArea() {
  const needed = useSyncExternalStore(
    subscribe,
    () => wanted,
    () => false,
  );
  if (!needed) return null;
  return (
    <Suspense>
      <Toaster onReady={markReady} />
    </Suspense>
  );
}
