'use client';
import type { ReactNode } from 'react';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '#components/ui/alert-dialog';
import { Button } from '#components/ui/button';
import { ErrorState } from './error-state';

export interface ConfirmProps {
  title: string;
  text: string;
  /** What the button says that does it. */
  action: string;
  /** What the button says that does not: the focus begins there. */
  keep?: string;
  /** What the action started: its button waits for it, and its error is shown. */
  running: { isPending: boolean; error: unknown };
  onConfirm: () => void;
  open?: boolean;
  onOpenChange: (open: boolean) => void;
  variant?: 'default' | 'destructive';
  disabled?: boolean;
  className?: string;
  /** What one should know or choose before. */
  children?: ReactNode;
}

/** What `ConfirmDialog` shows. */
export function ConfirmBox({
  title,
  text,
  action,
  keep = 'Cancel',
  running: { isPending, error },
  onConfirm,
  open = true,
  onOpenChange,
  variant = 'destructive',
  disabled,
  className,
  children,
}: ConfirmProps) {
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent className={className}>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription>{text}</AlertDialogDescription>
        </AlertDialogHeader>
        {children}
        {error != null && <ErrorState error={error} />}
        <AlertDialogFooter>
          <AlertDialogCancel>{keep}</AlertDialogCancel>
          <Button variant={variant} pending={isPending} disabled={disabled} onClick={onConfirm}>
            {action}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
