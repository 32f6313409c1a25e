'use client';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button';
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '#components/ui/dialog';
import { CopyBox } from './copy-box';

interface Props {
  title: string;
  text: string;
  value: string;
  /** What its button copies. */
  label: string;
  onClose: () => void;
  /** How it is used. */
  children?: ReactNode;
}

/** Inside a dialog: something that is shown only once, to be copied. */
export function OneTimeSecret({ title, text, value, label, onClose, children }: Props) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{text}</DialogDescription>
      </DialogHeader>
      <CopyBox value={value} label={label} />
      {children}
      <DialogFooter>
        <Button onClick={onClose}>I have copied it</Button>
      </DialogFooter>
    </>
  );
}
