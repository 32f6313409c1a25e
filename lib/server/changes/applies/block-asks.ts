import 'server-only';
import type { AskRequest } from '#core/host/protocol';
import type { TargetPlan } from '#core/plan/target-plan';

const mostAsks = 2000;

/** A name that a client can ask for: a wildcard stands for any. */
export const askedName = (hostname: string): string => hostname.replace(/^\*\./, 'gatehouse-asks.');

/** What the host asks its own web server after the reload: every name of every block that the plan puts there. */
export function blockAsks({ identities, target }: Pick<TargetPlan, 'identities' | 'target'>): AskRequest[] {
  return identities
    .flatMap(({ hostnames, port, secure, awaited, proxyProtocol, question, answer }) =>
      hostnames.map(
        (hostname): AskRequest => ({
          // Elsewhere it is on the host already.
          scheme: !secure ? 'http' : awaited && target.server === 'caddy' ? 'awaited' : 'https',
          proxied: proxyProtocol,
          port,
          hostname: askedName(hostname),
          question,
          answer,
        }),
      ),
    )
    .slice(0, mostAsks);
}
