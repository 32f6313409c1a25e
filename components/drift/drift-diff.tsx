'use client';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { DriftDetail } from '#api/contract/drift';
import { Card } from '#components/ui/card';
import { diffWhole } from '#core/plan/diff';
import { DiffBody, ThreeWayBody } from '../diff/diff-body';
import { Segmented } from '../diff/segmented';
import { useMedia } from '../kit/use-media';

const comparisons = [
  { value: 'three', title: 'Three-way' },
  { value: 'hand', title: 'By hand' },
  { value: 'plan', title: 'By an apply' },
] as const;
const values = comparisons.map(({ value }) => value);

/** The texts beside each other: three ways where all three are known. */
export function DriftDiff({ file }: { file: DriftDetail }) {
  const wide = useMedia('(min-width: 48rem)');
  const [chosen, setChosen] = useQueryState('compare', parseAsStringLiteral(values));
  const { lastApplied, live, planned, path, server } = file;
  if (live === null && lastApplied === null && planned === null) return null;
  const comparable = lastApplied !== null && live !== null;
  // Three columns need room; a phone begins with the edit itself.
  const comparison = chosen ?? (wide ? 'three' : 'hand');
  return (
    <Card className="overflow-hidden">
      <header className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <h2 className="font-semibold text-sm">{comparable ? 'What was changed' : 'The text'}</h2>
        {comparable && (
          <Segmented
            label="What to compare"
            value={comparison}
            onValue={(value) => void setChosen(value)}
            options={comparisons}
            className="ml-auto"
          />
        )}
      </header>
      {!comparable ? (
        <OneSide file={file} />
      ) : comparison === 'three' ? (
        <ThreeWayBody
          server={server}
          label={`Three-way comparison of ${path}`}
          last={lastApplied}
          live={live}
          planned={planned}
        />
      ) : (
        <DiffBody
          server={server}
          label={
            comparison === 'hand' ? `What was changed by hand in ${path}` : `What an apply does to ${path}`
          }
          lines={comparison === 'hand' ? diffWhole(lastApplied, live) : diffWhole(live, planned)}
          twoSided
          sides={comparison === 'hand' ? ['Last applied', 'On the host now'] : ['On the host now', 'Planned']}
          mode="unified"
          wrap={!wide}
        />
      )}
    </Card>
  );
}

/** What an apply does where there is nothing to compare three ways: a file that is gone, a line of ours in a file of others. */
function OneSide({ file: { live, lastApplied, planned, path, server, liveState } }: { file: DriftDetail }) {
  if (live === null && liveState.kind === 'file') {
    return (
      <p className="px-3 py-2 text-muted-foreground text-sm">
        The text on the host is not shown: it is too long, or it may not be read.
      </p>
    );
  }
  const lines =
    planned === null && live === null ? diffWhole(lastApplied, null) : diffWhole(live, planned ?? live);
  if (lines.length === 0)
    return <p className="px-3 py-2 text-muted-foreground text-sm">The file is empty.</p>;
  return (
    <DiffBody
      server={server}
      label={live === null ? `What an apply puts back at ${path}` : `Text of ${path}`}
      lines={lines}
      twoSided={live !== null && planned !== null}
      sides={['On the host now', 'Planned']}
      mode="unified"
      wrap
    />
  );
}
