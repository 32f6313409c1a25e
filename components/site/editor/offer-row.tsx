'use client';
import { Check, Plus } from 'lucide-react';
import { Button } from '#components/ui/button';

interface Props {
  /** What would be added, as it would be written. */
  what: string;
  why: string;
  added: boolean;
  onAdd: () => void;
  /** Leads to what was added. */
  onShow: () => void;
}

/** Something that the preset knows of and a person may want: one press adds it, another one leads to it. */
export function OfferRow({ what, why, added, onAdd, onShow }: Props) {
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="break-all font-mono text-[12.5px] leading-5">{what}</p>
        <p className="text-muted-foreground text-xs">
          {added && (
            <span className="mr-1.5 inline-flex items-center gap-0.5 font-medium text-ok">
              <Check className="size-3" aria-hidden />
              Added.
            </span>
          )}
          {why}
        </p>
      </div>
      {/* One button for both, so that the focus stays. */}
      <Button
        variant={added ? 'ghost' : 'outline'}
        size="sm"
        aria-label={`${added ? 'Edit' : 'Add'} ${what}`}
        onClick={added ? onShow : onAdd}
      >
        {added ? (
          'Edit'
        ) : (
          <>
            <Plus />
            Add
          </>
        )}
      </Button>
    </li>
  );
}
