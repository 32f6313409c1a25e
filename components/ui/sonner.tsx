'use client';
import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';

/** `onReady` runs once toasts can be shown. */
export function Toaster({ onReady }: { onReady: () => void }) {
  const { resolvedTheme } = useTheme();
  useEffect(onReady, [onReady]);
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      closeButton
      toastOptions={{
        classNames: {
          toast:
            'rounded-lg! border! border-border! bg-popover! text-foreground! text-sm! shadow-lg! font-sans!',
          description: 'text-muted-foreground!',
          closeButton: 'border-border! bg-popover! text-muted-foreground!',
        },
      }}
    />
  );
}
