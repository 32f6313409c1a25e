'use client';
import { Download } from 'lucide-react';
import { lazy } from 'react';
import { OnDemandMenu } from '#components/kit/on-demand-menu';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { buttonVariants } from '#components/ui/button';
import { useExportSites } from '#queries/transfer';
import { troubleOf } from '../kit/describe-error';
import { saveFile } from './save-file';

const loadMenu = () => import('./export-menu');
const ExportMenu = lazy(async () => ({ default: (await loadMenu()).ExportMenu }));

interface Props {
  /** Which sites: of a list, chosen ones, or all where empty. */
  query: { listId?: string; ids?: string };
}

/** Sites as a file, in the format of choice. */
export function ExportButton({ query }: Props) {
  const team = useTeam();
  const exporting = useExportSites(team.slug);
  const start = (format: 'yaml' | 'json') =>
    exporting.mutate(
      { ...query, format },
      {
        onSuccess: ({ fileName, text, sites }) => {
          saveFile(fileName, format === 'json' ? 'application/json' : 'application/yaml', text);
          toast.success(`${sites.toLocaleString('en')} ${sites === 1 ? 'site' : 'sites'} in ${fileName}`);
        },
        onError: (error) => {
          const { title, hint } = troubleOf(error);
          toast.error(title, { description: hint });
        },
      },
    );
  return (
    <OnDemandMenu
      preload={loadMenu}
      menu={(trigger) => <ExportMenu trigger={trigger} onFormat={start} />}
      className={buttonVariants({ variant: 'outline' })}
    >
      <Download aria-hidden />
      {exporting.isPending ? 'Exporting' : 'Export'}
    </OnDemandMenu>
  );
}
