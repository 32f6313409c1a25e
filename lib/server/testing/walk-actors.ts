import 'server-only';
import { type Permission, permissions } from '#core/access/permissions';
import { proofMinutes } from '#core/access/proof';
import { Role } from '#core/access/roles';
import { insertToken } from '../identity/tokens/insert-token';
import { write } from '../platform/database/write';
import { addMember, browserHeaders, cookieOf } from './test-server';

type Headers = Readonly<Record<string, string>>;
export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

/** Headers of everybody who may knock at the door of the team `ours`, and of those who may not, or no longer may. */
export interface WalkActors {
  /** Nobody, or a person with access withdrawn: none of them may get anywhere. */
  readonly outside: Readonly<Record<string, Headers>>;
  readonly roles: Readonly<Record<Role, { readonly session: Headers; readonly token: Headers }>>;
  /** Admin of another team. */
  readonly stranger: {
    readonly session: Headers;
    readonly token: Headers;
    readonly userId: string;
    readonly teamId: string;
  };
  /** People who may, at browsers where the last password, passkey or code was given too long ago or never. */
  readonly unproven: Readonly<
    Record<
      'admin' | 'administrator',
      { readonly session: { readonly before: Headers; readonly never: Headers }; readonly token: Headers }
    >
  >;
  /** Looks after the installation; a viewer of `ours`. */
  readonly administrator: { readonly session: Headers; readonly token: Headers };
  /** A token for `ours` of somebody who is admin of `second`, too. */
  readonly foreignTeamToken: Headers;
  /** An admin's token with every scope but one. */
  withoutScope(permission: Permission): Headers;
  readonly admin: { readonly userId: string; readonly teamId: string };
}

async function endedOnes(): Promise<Record<string, Headers>> {
  const { team, user, token } = await addMember('ours', 'admin', 'ended@ours.test');
  const { cookie, sessionId } = await cookieOf(user.id);
  const gone = await addMember('ours', 'admin', 'disabled@ours.test');
  const goneCookie = await cookieOf(gone.user.id);
  const tokens = await write(async (tx) => {
    const made = async (data: { expiresAt?: Date; revokedAt?: Date }) => {
      const { row, token: text } = await insertToken(tx, {
        teamId: team.id,
        userId: user.id,
        name: 'ended',
        scopes: null,
        expiresAt: null,
      });
      await tx.apiToken.update({ where: { id: row.id }, data });
      return bearer(text);
    };
    const expired = await made({ expiresAt: new Date(0) });
    const revoked = await made({ revokedAt: new Date() });
    await tx.session.delete({ where: { id: sessionId } });
    await tx.user.update({ where: { id: gone.user.id }, data: { disabledAt: new Date() } });
    return { expired, revoked };
  });
  return {
    'no session': browserHeaders(),
    'made-up session': browserHeaders('gatehouse.session_token=made.up'),
    'made-up token': bearer(`${token.slice(0, -4)}AAAA`),
    'another scheme': { authorization: 'Basic YTpi' },
    'ended session': browserHeaders(cookie),
    'expired token': tokens.expired,
    'revoked token': tokens.revoked,
    'disabled: session': browserHeaders(goneCookie.cookie),
    'disabled: token': bearer(gone.token),
  };
}

/** Makes them once: they are shared by all operations, so that a walk over hundreds of them stays quick. */
export async function walkActors(): Promise<WalkActors> {
  const member = async (slug: string, role: Role, email?: string) => {
    const made = await addMember(slug, role, email);
    const { cookie } = await cookieOf(made.user.id);
    return { ...made, session: browserHeaders(cookie), token: bearer(made.token) };
  };
  const roles = {} as Record<Role, Awaited<ReturnType<typeof member>>>;
  for (const role of Role.options) roles[role] = await member('ours', role);
  const stranger = await member('theirs', 'admin');
  const administrator = await member('ours', 'viewer', 'administrator@ours.test');
  await write((tx) =>
    tx.user.update({ where: { id: administrator.user.id }, data: { administrator: true } }),
  );
  const unproven = async ({ user, token }: typeof administrator) => {
    const at = async (provenAt: Date | null) => {
      const { cookie, sessionId } = await cookieOf(user.id);
      await write((tx) => tx.session.update({ where: { id: sessionId }, data: { provenAt } }));
      return browserHeaders(cookie);
    };
    const before = await at(new Date(Date.now() - proofMinutes * 60_000 - 1));
    return { session: { before, never: await at(null) }, token };
  };
  const both = await addMember('ours', 'admin', 'both@ours.test');
  await addMember('second', 'admin', 'both@ours.test');
  const scoped = await addMember('ours', 'admin', 'scoped@ours.test');
  const scopeless = await write(async (tx) => {
    const made = new Map<Permission, Headers>();
    for (const permission of permissions) {
      const { token } = await insertToken(tx, {
        teamId: scoped.team.id,
        userId: scoped.user.id,
        name: permission,
        scopes: permissions.filter((other) => other !== permission),
        expiresAt: null,
      });
      made.set(permission, bearer(token));
    }
    return made;
  });
  return {
    outside: await endedOnes(),
    roles,
    stranger: {
      session: stranger.session,
      token: stranger.token,
      userId: stranger.user.id,
      teamId: stranger.team.id,
    },
    unproven: { admin: await unproven(roles.admin), administrator: await unproven(administrator) },
    administrator: { session: administrator.session, token: administrator.token },
    foreignTeamToken: bearer(both.token),
    withoutScope: (permission) => scopeless.get(permission) ?? {},
    admin: { userId: roles.admin.user.id, teamId: roles.admin.team.id },
  };
}
