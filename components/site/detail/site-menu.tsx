'use client';
import { Copy, CopyPlus, LayoutTemplate, Trash2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { SiteDetail } from '#api/contract/sites';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu';
import { documentText } from '../../diff/document-text';
import { copyText } from '../../kit/copy-text';

interface Props {
  trigger: ReactNode;
  site: SiteDetail;
  onTemplate: () => void;
  onDelete: () => void;
}

/** What is done with a site now and then. */
export function SiteMenu({ trigger, site, onTemplate, onDelete }: Props) {
  const team = useTeam();
  const copyDocument = async () => {
    if (await copyText(await documentText(site.document))) toast.success('The site document was copied');
    else toast.error('The browser did not allow copying');
  };
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={copyDocument}>
          <Copy />
          Copy as YAML
        </DropdownMenuItem>
        {team.can('sites.write') && (
          <>
            <DropdownMenuItem asChild>
              <Link href={`/${team.slug}/sites/new?from=${site.id}`}>
                <CopyPlus />
                Clone
              </Link>
            </DropdownMenuItem>
            {team.can('templates.write') && (
              <DropdownMenuItem onSelect={onTemplate}>
                <LayoutTemplate />
                Save as template…
              </DropdownMenuItem>
            )}
            <DropdownMenuSeparator />
            <DropdownMenuItem variant="destructive" onSelect={onDelete}>
              <Trash2 />
              Delete site
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
