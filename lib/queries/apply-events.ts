import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Apply, ApplyEvent } from '#api/contract/applies';
import { contract } from '#api/contract/index';
import { applyQueries } from './applies';
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
    const path = contract.applies.events.path
      .replace('{team}', encodeURIComponent(team))
      .replace('{id}', encodeURIComponent(id));
    const source = new EventSource(path);
    source.onopen = () => setLiveness('live');
    source.onerror = () => setLiveness('reconnecting');
    source.onmessage = (event: MessageEvent<string>) => {
      const message = ApplyEvent.safeParse(parseJson(event.data));
      if (!message.success) return;
      const { apply } = message.data;
      client.setQueryData(applyQueries.get(team, id).queryKey, apply);
      setLiveness('live');
      if (!isFinal(apply)) return;
      setLiveness('ended');
      source.close();
      for (const noun of ['sites', 'plans', 'hosts', 'team'] as const)
        void client.invalidateQueries({ queryKey: allOf(noun) });
      void client.invalidateQueries({ queryKey: ['applies', 'list'] });
    };
    return () => source.close();
  }, [client, team, id, enabled]);

  return liveness;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
