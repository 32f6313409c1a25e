import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn';

interface Props {
  title: ReactNode;
  /** Beside the title: badges. */
  badges?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Where this page hangs, outermost first. */
  parents?: readonly { label: string; href: string }[];
  className?: string;
}

export function PageHeader({ title, badges, description, actions, parents, className }: Props) {
  return (
    <div className={cn('flex flex-wrap items-start justify-between gap-x-6 gap-y-3', className)}>
      <div className="min-w-0">
        {parents && parents.length > 0 && (
          <nav aria-label="Breadcrumb" className="mb-1">
            <ol className="flex items-center gap-1 text-muted-foreground text-xs">
              {parents.map(({ label, href }, index) => (
                <li key={href} className="flex min-w-0 items-center gap-1">
                  {index > 0 && <ChevronRight className="size-3 shrink-0" aria-hidden />}
                  <Link
                    href={href}
                    className="truncate rounded-sm py-1 underline-offset-4 hover:text-foreground hover:underline"
                  >
                    {label}
                  </Link>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <h1 className="font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">{title}</h1>
          {badges}
        </div>
        {description && <p className="mt-0.5 text-muted-foreground text-sm">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
