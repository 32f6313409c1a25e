'use client';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { ExternalLink, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Apply } from '#api/contract/applies';
import type { SiteDetail } from '#api/contract/sites';
import { later } from '#components/kit/lazy-component';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { siteQueries } from '#queries/sites';

const DeleteSiteDialog = later(() =>
  import('../site/detail/delete-site-dialog').then((module) => module.DeleteSiteDialog),
);

/** Where to go after an apply: the sites as visitors see them, their pages, and for one that runs nowhere now the way to delete it. */
export function SiteLinks({ team, sites }: { team: string; sites: Apply['sites'] }) {
  const shown = sites.slice(0, 5);
  const details = useQueries({ queries: shown.map((site) => siteQueries.get(team, site.id)) });
  return (
    <div className="mt-2.5 flex flex-wrap gap-2">
      {shown.map((site, index) => {
        const detail = details[index]?.data;
        // A deleted site has no page.
        if (details[index]?.isError) return null;
        const serves = detail?.targets.some(({ appliedRevision }) => appliedRevision !== null);
        return (
          <span key={site.id} className="contents">
            {detail && serves && (
              <Button asChild size="sm">
                <a href={detail.publicUrl} target="_blank" rel="noreferrer">
                  Open {detail.publicUrl.replace(/^https?:\/\//, '').replace(/\/$/, '')}
                  <ExternalLink />
                </a>
              </Button>
            )}
            <Button asChild size="sm" variant="outline">
              <Link href={`/${team}/sites/${site.id}`}>{site.name}</Link>
            </Button>
            {detail && detail.targets.length === 0 && <DeleteSite site={detail} />}
          </span>
        );
      })}
    </div>
  );
}

/** A site without a host: what is left of it is here, and can go. */
function DeleteSite({ site }: { site: SiteDetail }) {
  const team = useTeam();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  if (!team.can('sites.write')) return null;
  return (
    <>
      <Button size="sm" variant="outline" onClick={() => setOpen(true)}>
        <Trash2 />
        Delete {site.name}…
      </Button>
      {open && (
        <DeleteSiteDialog
          site={site}
          open={open}
          onOpenChange={setOpen}
          onDeleted={() => {
            setOpen(false);
            client.removeQueries({ queryKey: siteQueries.get(team.slug, site.id).queryKey });
          }}
        />
      )}
    </>
  );
}
