import { RelativeTime } from '#components/kit/relative-time';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import type { Draft } from './draft';

/** Says that the form holds what was typed earlier, and offers the way back. */
export function DraftNotice({
  draft,
  head,
  onDiscard,
}: {
  draft: Draft;
  head: number | null;
  onDiscard: () => void;
}) {
  const outdated = draft.head !== null && head !== null && draft.head !== head;
  return (
    <Alert
      tone={outdated ? 'warning' : 'info'}
      title={
        <>
          Your draft of <RelativeTime at={draft.at} /> was restored
        </>
      }
      action={
        <Button variant="outline" size="sm" onClick={onDiscard}>
          Discard draft
        </Button>
      }
    >
      {outdated
        ? `It began from revision ${draft.head}; the site is at revision ${head} now. Saving shows you both.`
        : 'It was never saved.'}
    </Alert>
  );
}
