'use client';

/** Shown when a page itself fails. What was typed into forms is kept in drafts. Plain, because it is loaded with every page. */
export function PageCrash({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-md flex-col items-center justify-center gap-3 px-6 text-center">
      <h1 className="font-semibold text-base">This page stopped working</h1>
      <p className="text-muted-foreground text-sm">
        Nothing was changed on any host by this. {error.digest && `The log has it under ${error.digest}.`}
      </p>
      <button
        type="button"
        onClick={reset}
        className="h-8 rounded-md bg-primary px-3 font-medium text-primary-foreground text-sm hover:bg-primary/90"
      >
        Show it again
      </button>
    </main>
  );
}
