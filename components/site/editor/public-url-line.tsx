'use client';
import { useWatch } from 'react-hook-form';
import { z } from 'zod';
import { CopyButton } from '#components/kit/copy-button';
import { publicUrl } from '#core/site/public-url';
import { Site } from '#core/site/schema';
import { type EditorValues, toDocument } from './editor-values';

/** The fields that the address depends on; faults elsewhere do not hide it. */
const Addressed = z.object({
  hostnames: Site.shape.hostnames,
  tls: Site.shape.tls,
  httpsPort: Site.shape.httpsPort,
  httpPort: Site.shape.httpPort,
  publicAddress: Site.shape.publicAddress,
  prefix: Site.shape.prefix,
});

/**
 * The address that the form describes, as people will type it. Its line is always there: fields below must not move away from under a click that ends
 * the typing above.
 */
export function PublicUrlLine() {
  const url = useWatch({
    compute: (values: EditorValues) => {
      const { data } = Addressed.safeParse(toDocument(values));
      return data ? publicUrl(data) : null;
    },
  });
  return (
    <p className="flex min-h-9 min-w-0 items-center gap-1 text-muted-foreground text-xs">
      <span className="shrink-0">People open</span>
      {url ? (
        <>
          <code className="truncate text-foreground">{url}</code>
          <CopyButton value={url} label="Copy public address" />
        </>
      ) : (
        '…'
      )}
    </p>
  );
}
