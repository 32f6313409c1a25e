import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#components/ui/button';
import { formatPath } from '#core/format-path';
import type { Issue } from '#core/issue';
import { pathWords } from '#core/site/path-words';

/** The way to the field that made an apply fail, in the form's own words. */
export function FieldLink({ href, path }: { href: string; path: Issue['path'] }) {
  return (
    <Button asChild size="sm">
      <Link href={href}>
        Go to the field {pathWords(formatPath(path))}
        <ArrowRight />
      </Link>
    </Button>
  );
}
