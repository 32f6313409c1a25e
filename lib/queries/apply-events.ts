import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Apply } from '#api/contract/applies';
import { endpointUrl } from '#api/send';
import { applyQueries } from './applies';
import { endpointOf } from './endpoints';
import { allOf } from './keys';

const final = new Set<Apply['status']>(['succeeded', 'failed', 'rolled-back', 'interrupted', 'cancelled']);

/** Whether nothing more will happen to the apply. */
export function isFinal(apply: Pick<Apply, 'status'>): boolean {
  return final.has(apply.status);
}

export type Liveness = 'connecting' | 'live' | 'reconnecting' | 'ended';

/**
 * Follows a running apply and keeps its query up to date; every message is the whole apply, so a lost connection loses nothing.
 * Does nothing while `enabled` is false. Answers how live the data is.
 */
export function useApplyEvents(team: string, id: string, enabled: boolean): Liveness {
  const client = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>('connecting');

  useEffect(() => {
    if (!enabled) {
      setLiveness('ended');
      return;
    }
    setLiveness('connecting');
    const path = endpointUrl(endpointOf('applies.events'), { params: { team, id } });
    const source = new EventSource(path);
    source.onopen = () => setLiveness('live');
    source.onerror = () => setLiveness('reconnecting');
    source.onmessage = (event: MessageEvent<string>) => {
      const { apply } = JSON.parse(event.data) as { apply: Apply };
      client.setQueryData(applyQueries.get(team, id).queryKey, apply);
      setLiveness('live');
      if (!isFinal(apply)) return;
      setLiveness('ended');
      source.close();
      for (const noun of ['sites', 'plans', 'hosts', 'team', 'drift'] as const)
        void client.invalidateQueries({ queryKey: allOf(noun) });
      void client.invalidateQueries({ queryKey: ['applies', 'list'] });
    };
    return () => source.close();
  }, [client, team, id, enabled]);

  return liveness;
}
