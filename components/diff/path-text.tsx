import { Fragment } from 'react';

/** A path that may break after its slashes, with the name standing out. */
export function PathText({ path }: { path: string }) {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  return (
    <bdi className="font-mono text-xs">
      <span className="text-muted-foreground">
        {parts.map((part, depth) => {
          const key = parts.slice(0, depth + 1).join('/');
          return (
            <Fragment key={key}>
              {part}/<wbr />
            </Fragment>
          );
        })}
      </span>
      <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
    </bdi>
  );
}
