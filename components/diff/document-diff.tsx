'use client';
import { useQuery } from '@tanstack/react-query';
import { DiffBody } from '#components/diff/diff-body';
import { Skeleton } from '#components/ui/skeleton';
import { diffWhole } from '#core/plan/diff';
import type { Site } from '#core/site/schema';
import { useMedia } from '../kit/use-media';
import { documentText } from './document-text';

interface Props {
  label: string;
  from: Site | Record<string, unknown>;
  to: Site | Record<string, unknown>;
  sides: readonly [string, string];
}

/** Two site documents, line against line. */
export function DocumentDiff({ label, from, to, sides }: Props) {
  const wide = useMedia('(min-width: 1024px)');
  const lines = useQuery({
    queryKey: ['document-diff', from, to],
    queryFn: async () => diffWhole(await documentText(from), await documentText(to)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (!lines.data) return <Skeleton className="m-3 h-24" />;
  if (lines.data.every(({ kind }) => kind === 'same')) {
    return <p className="px-4 py-6 text-center text-muted-foreground text-sm">These are the same.</p>;
  }
  return (
    <DiffBody
      server="nginx"
      label={label}
      lines={lines.data}
      twoSided
      sides={sides}
      mode={wide ? 'split' : 'unified'}
      wrap
    />
  );
}
