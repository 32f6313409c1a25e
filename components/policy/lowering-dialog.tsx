'use client';
import type { LoweringInput } from '#api/contract/lowerings';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { toast } from '#components/kit/toast';
import type { Refused } from '#queries/ask-lowering';
import { useAskLowering } from '#queries/lowerings';

/** Says what would be lowered, and asks for it: another admin confirms, or a day passes in sight of all. */
export function LoweringDialog({ refused, onDone }: { refused: Refused; onDone: (asked: boolean) => void }) {
  const ask = useAskLowering();
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
      onOpenChange={() => onDone(false)}
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
              onDone(true);
            },
          },
        )
      }
    />
  );
}
