import { toast } from './toast';

/** Says that a thing is gone, and for a while offers to make it again. */
export function sayDeleted<Gone extends { readonly name: string }>(
  gone: Gone,
  create: { readonly mutateAsync: (gone: Gone) => Promise<unknown> },
): void {
  const makeAgain = () =>
    create
      .mutateAsync(gone)
      .then(() => toast.success(`${gone.name} is back`))
      .catch(() => toast.error(`${gone.name} could not be restored`));
  toast.success(`${gone.name} is deleted`, { action: { label: 'Undo', onClick: () => void makeAgain() } });
}
