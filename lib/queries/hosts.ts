import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Host } from '#api/contract/hosts';
import { type AnswerOf, type BodyFor, call, type QueryFor } from './call';
import { allOf, keyOf } from './keys';

export type HostsFilter = Omit<QueryFor<'hosts.list'>, 'cursor'>;

/** Puts each target's web server, which the answer holds once for all that are alike, where it is read. */
function withWebServers({ items, webServers }: AnswerOf<'hosts.choices'>) {
  return items.map((host) => ({
    ...host,
    targets: host.targets.flatMap(({ id, webServer }) => {
      const found = webServers[webServer];
      return found ? [{ id, ...found }] : [];
    }),
  }));
}

/** A host that can be chosen, and its web servers. */
export type HostChoice = ReturnType<typeof withWebServers>[number];

export const hostQueries = {
  /** All pages of a filtered list. */
  list: (team: string, filter: HostsFilter = {}) => {
    const query = { limit: 50, ...filter };
    return infiniteQueryOptions({
      queryKey: keyOf('hosts.list', { params: { team }, query }),
      queryFn: ({ pageParam, signal }) =>
        call('hosts.list', {
          params: { team },
          query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    });
  },
  /** All hosts, to choose among. */
  choices: (team: string) =>
    queryOptions({
      queryKey: keyOf('hosts.choices', { params: { team } }),
      queryFn: ({ signal }) => call('hosts.choices', { params: { team }, signal }),
      select: withWebServers,
    }),
  get: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('hosts.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('hosts.get', { params: { team, id }, signal }),
    }),
  /** What its web servers were last seen to serve. */
  inventory: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('hosts.inventory', { params: { team, id } }),
      queryFn: ({ signal }) => call('hosts.inventory', { params: { team, id }, signal }),
    }),
  /** The script that locks the key down, for the key that it should let in. */
  bootstrap: (team: string, id: string, publicKey: string) =>
    queryOptions({
      queryKey: [...keyOf('hosts.bootstrap', { params: { team, id } }), publicKey],
      queryFn: ({ signal }) => call('hosts.bootstrap', { params: { team, id }, signal }),
    }),
  /** Which helpers on locked-down hosts are older than the dashboard. */
  helpers: (team: string) =>
    queryOptions({
      queryKey: keyOf('hosts.helpers', { params: { team } }),
      queryFn: ({ signal }) => call('hosts.helpers', { params: { team }, signal }),
    }),
  /** The script that brings any of them up to date. */
  upgrade: (team: string) =>
    queryOptions({
      queryKey: keyOf('hosts.upgrade', { params: { team } }),
      queryFn: ({ signal }) => call('hosts.upgrade', { params: { team }, signal }),
    }),
};

/** All lists of hosts, however filtered, are asked for again. */
function useStaleLists() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['list', 'choices', 'helpers'].map((name) =>
        client.invalidateQueries({ queryKey: [...allOf('hosts'), name] }),
      ),
    );
}

/** Puts the answer of a change where the pages read it. */
function useHostStore(team: string) {
  const client = useQueryClient();
  const staleLists = useStaleLists();
  return (host: Host) => {
    client.setQueryData(hostQueries.get(team, host.id).queryKey, host);
    return staleLists();
  };
}

export function useCreateHost(team: string) {
  const client = useQueryClient();
  const store = useHostStore(team);
  return useMutation({
    mutationFn: (body: BodyFor<'hosts.create'>) => call('hosts.create', { params: { team }, body }),
    onSuccess: async (host) => {
      await store(host);
      await client.invalidateQueries({ queryKey: allOf('team') });
    },
  });
}

export function useUpdateHost(team: string, id: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'hosts.update'>) => call('hosts.update', { params: { team, id }, body }),
    onSuccess: useHostStore(team),
  });
}

export function useRemoveHost(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('hosts.remove', { params: { team, id } }),
    onSuccess: useStaleLists(),
  });
}

/** Asks the host for its key without trusting it. */
export function useScanHostKey(team: string, id: string) {
  return useMutation({
    mutationFn: () => call('hosts.scanKey', { params: { team, id } }),
    onSuccess: useHostStore(team),
  });
}

export function useTrustHostKey(team: string, id: string) {
  return useMutation({
    mutationFn: (fingerprint: string) =>
      call('hosts.trustKey', { params: { team, id }, body: { fingerprint } }),
    onSuccess: useHostStore(team),
  });
}

export function useCheckHost(team: string, id: string) {
  const client = useQueryClient();
  const store = useHostStore(team);
  return useMutation({
    mutationFn: () => call('hosts.check', { params: { team, id } }),
    onSuccess: async (host) => {
      await store(host);
      await client.invalidateQueries({ queryKey: hostQueries.inventory(team, id).queryKey });
    },
  });
}

/** Makes a new key to install by hand; the one in use stays in use. */
export function usePrepareKey(team: string, id: string) {
  return useMutation({
    mutationFn: (access: Host['access']) =>
      call('hosts.prepareKey', { params: { team, id }, body: { access } }),
    onSuccess: useHostStore(team),
  });
}

export function useDropKey(team: string, id: string) {
  return useMutation({
    mutationFn: () => call('hosts.dropKey', { params: { team, id } }),
    onSuccess: useHostStore(team),
  });
}

/** Installs, proves and uses a new key, and takes the old one out. */
export function useChangeKey(team: string, id: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'hosts.changeKey'>) => call('hosts.changeKey', { params: { team, id }, body }),
    onSuccess: useHostStore(team),
  });
}

export function useRemoveOldKey(team: string, id: string) {
  return useMutation({
    mutationFn: (done: 'here' | 'by-hand') =>
      call('hosts.removeOldKey', { params: { team, id }, body: { done } }),
    onSuccess: useHostStore(team),
  });
}
