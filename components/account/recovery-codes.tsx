'use client';
import { CopyButton } from '#components/kit/copy-button';
import { Button } from '#components/ui/button';
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '#components/ui/dialog';

/** Ten codes, shown only once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>Keep your recovery codes</DialogTitle>
        <DialogDescription>
          Each signs you in once when the app is lost. They are shown only once: print them, or put them into
          your password manager.
        </DialogDescription>
      </DialogHeader>
      <ol className="grid gap-x-6 gap-y-1 rounded-md border bg-code px-3 py-2 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>
            <code className="text-sm">{code}</code>
          </li>
        ))}
      </ol>
      <DialogFooter>
        <CopyButton value={codes.join('\n')} label="Copy recovery codes" variant="outline" size="default">
          Copy all
        </CopyButton>
        <Button onClick={onDone}>I have kept them</Button>
      </DialogFooter>
    </>
  );
}
