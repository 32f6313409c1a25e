import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call, type QueryFor } from './call';
import { allOf } from './keys';

export function useExportSites(team: string) {
  return useMutation({
    mutationFn: (query: QueryFor<'sites.export'>) => call('sites.export', { params: { team }, query }),
  });
}

/** What an import would do; changes nothing. */
export function useDryRun(team: string) {
  return useMutation({
    mutationFn: (body: Omit<BodyFor<'sites.import'>, 'dryRun'>) =>
      call('sites.import', { params: { team }, body: { ...body, dryRun: true } }),
  });
}

/** The real run, of exactly what the dry run with this digest found. */
export function useImportSites(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<BodyFor<'sites.import'>, 'dryRun'> & { digest: string }) =>
      call('sites.import', { params: { team }, body: { ...body, dryRun: false } }),
    onSuccess: () =>
      Promise.all(
        (['sites', 'lists', 'team'] as const).map((noun) =>
          client.invalidateQueries({ queryKey: allOf(noun) }),
        ),
      ),
  });
}
