import type { FieldChange } from '#core/site/field-change';

interface Props {
  changes: readonly FieldChange[];
  /** How many there are, where not all are given. */
  count?: number;
}

/** Fields that differ, in words, one a line. */
export function FieldChanges({ changes, count = changes.length }: Props) {
  if (changes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {changes.map(({ path, field, kind, before, after }) => (
        <li key={`${path} ${kind} ${field}`} className="[overflow-wrap:anywhere]">
          <span className="font-medium">{field}</span> {kind === 'added' && <>set to {after}</>}
          {kind === 'removed' && (
            <>
              removed, was <del className="text-muted-foreground">{before}</del>
            </>
          )}
          {kind === 'changed' && (
            <>
              from <del className="text-muted-foreground">{before}</del> to {after}
            </>
          )}
        </li>
      ))}
      {count > changes.length && <li className="text-muted-foreground">and {count - changes.length} more</li>}
    </ul>
  );
}
