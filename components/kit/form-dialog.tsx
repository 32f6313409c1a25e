'use client';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '#components/ui/button';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog';

interface Props {
  title: string;
  text: string;
  /** What the button says that sends the form. */
  action: string;
  pending: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  variant?: 'default' | 'destructive';
  disabled?: boolean;
  className?: string;
  /** Takes the place of the form when it is there, such as a secret that is shown only once. */
  result?: ReactNode;
  /** A stray click does not close it. Always so for a result, which may be the only view of something. */
  steady?: boolean;
  /** The fields. */
  children?: ReactNode;
}

/** A dialog that is one form: its fields, a button that sends it, and one that does not. */
export function FormDialog({
  title,
  text,
  action,
  pending,
  onSubmit,
  onClose,
  variant = 'default',
  disabled,
  className,
  result,
  steady = false,
  children,
}: Props) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        className={className}
        onInteractOutside={(event) => (steady || result) && event.preventDefault()}
      >
        {result || (
          <form
            noValidate
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (!pending) onSubmit(event);
            }}
          >
            <DialogHeader>
              <DialogTitle>{title}</DialogTitle>
              <DialogDescription>{text}</DialogDescription>
            </DialogHeader>
            {children}
            <DialogFooter>
              <Button variant="outline" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" variant={variant} pending={pending} disabled={disabled}>
                {action}
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
