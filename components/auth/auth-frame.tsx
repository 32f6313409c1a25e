import type { ReactNode } from 'react';
import { Logo } from '#components/kit/logo';

export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sidebar px-4 py-[max(2rem,12vh)]">
      <div className="mb-6 flex items-center gap-2">
        <Logo className="size-6" />
        <span className="font-semibold text-lg tracking-tight">Gatehouse</span>
      </div>
      <div className="w-full max-w-sm rounded-xl border bg-card p-6 shadow-sm">{children}</div>
      <p className="mt-6 max-w-sm text-balance text-center text-muted-foreground text-xs">
        What you reviewed is what runs, and if it does not, it undoes itself.
      </p>
    </main>
  );
}
