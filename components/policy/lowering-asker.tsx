'use client';
import { useEffect, useState } from 'react';
import { offerLowering, type Refused } from '#queries/ask-lowering';
import { later } from '../kit/lazy-component';

const LoweringDialog = later(() => import('./lowering-dialog').then((module) => module.LoweringDialog));

interface Open {
  readonly refused: Refused;
  readonly answer: (asked: boolean) => void;
}

/** Opens one dialog, over whatever is open, when somebody would lower a control: it can be asked for. */
export function LoweringAsker() {
  const [open, setOpen] = useState<Open | null>(null);
  useEffect(
    () => offerLowering((refused) => new Promise<boolean>((answer) => setOpen({ refused, answer }))),
    [],
  );
  if (open === null) return null;
  return (
    <LoweringDialog
      refused={open.refused}
      onDone={(asked) => {
        setOpen(null);
        open.answer(asked);
      }}
    />
  );
}
