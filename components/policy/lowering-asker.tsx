'use client';
import { useEffect, useState } from 'react';
import type { LoweringInput } from '#api/contract/lowerings';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { toast } from '#components/kit/toast';
import { offerLowering, type Refused } from '#queries/ask-lowering';
import { useAskLowering } from '#queries/lowerings';

interface Open {
  readonly refused: Refused;
  readonly answer: (asked: boolean) => void;
}

/** Opens one dialog, over whatever is open, when somebody would lower a control: it can be asked for. */
export function LoweringAsker() {
  const [open, setOpen] = useState<Open | null>(null);
  const ask = useAskLowering();
  useEffect(
    () => offerLowering((refused) => new Promise<boolean>((answer) => setOpen({ refused, answer }))),
    [],
  );
  if (open === null) return null;
  const { refused, answer } = open;
  const end = (asked: boolean) => {
    ask.reset();
    setOpen(null);
    answer(asked);
  };
  const { operation, id, body, problem, team } = refused;
  // The server reads it by its contract: it is the call that was refused.
  const input = { operation, ...(id === undefined ? {} : { id }), ...(body === undefined ? {} : { body }) };
  return (
    <ConfirmDialog
      title="This lowers a control"
      text={`${problem.detail} ${problem.hint ?? ''}`}
      keep="Leave it"
      action="Ask for it"
      running={ask}
      onOpenChange={() => end(false)}
      onConfirm={() =>
        ask.mutate(
          { team, body: input as LoweringInput },
          {
            onSuccess: ({ dueAt }) => {
              toast.success('Asked for. All admins are told', {
                description:
                  dueAt === null
                    ? 'It takes effect when another admin confirms it.'
                    : `It takes effect ${new Date(dueAt).toLocaleString('en-GB')} unless it is called off.`,
              });
              end(true);
            },
          },
        )
      }
    />
  );
}
