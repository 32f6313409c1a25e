'use client';
import type { Token } from '#api/contract/tokens';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { presetOf } from '#core/access/scope-presets';

const soonMs = 14 * 86_400_000;

/** One token: what it is for, when it was used, and its end while there is time to make another. */
export function TokenRow({
  token,
  owner = null,
  onRevoke,
}: {
  token: Token;
  /** Whose it is, where that is not the reader. */
  owner?: string | null;
  onRevoke: () => void;
}) {
  const team = useTeam();
  const left = token.expiresAt === null ? null : Date.parse(token.expiresAt) - Date.now();
  const expired = left !== null && left <= 0;
  const preset = presetOf(token.scopes, team.role);
  const single = token.scopes ?? [];
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{token.name}</span>
          <code className="text-muted-foreground text-xs">{token.prefix}…</code>
          <Badge tone={token.scopes === null ? 'neutral' : 'outline'} title={single.join(', ')}>
            {preset?.label ?? (single.length === 1 ? single[0] : `${single.length} permissions`)}
          </Badge>
          {expired && <Badge tone="danger">Expired</Badge>}
          {left !== null && !expired && left < soonMs && <Badge tone="warning">Expires soon</Badge>}
          {token.expiresAt === null && <Badge tone="warning">No expiry</Badge>}
        </p>
        <p className="text-muted-foreground text-xs">
          {owner !== null && `Of ${owner}. `}
          Made <RelativeTime at={token.createdAt} />
          {token.lastUsedAt ? (
            <>
              , last used <RelativeTime at={token.lastUsedAt} />
            </>
          ) : (
            ', never used'
          )}
          {token.expiresAt && (
            <>
              , {expired ? 'expired' : 'expires'} <RelativeTime at={token.expiresAt} />
            </>
          )}
          {!token.expiresAt && ', does not expire'}
        </p>
        {!preset && single.length > 1 && (
          <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">{single.join(', ')}</p>
        )}
      </div>
      <Button variant="outline" size="sm" onClick={onRevoke}>
        Revoke<span className="sr-only"> {token.name}</span>
      </Button>
    </li>
  );
}
