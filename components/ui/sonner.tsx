'use client';
import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export function Toaster() {
  const { resolvedTheme } = useTheme();
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
