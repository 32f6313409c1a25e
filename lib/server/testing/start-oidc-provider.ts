import 'server-only';
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/** Somebody at the provider. */
export interface Account {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

export const oidcClient = { id: 'gatehouse', secret: 'a-client-secret-for-tests' };

/** A real OpenID provider on a port of its own. The person that `account` names is signed in there. */
export async function startOidcProvider(redirectUri: string) {
  const current: { account: Account | null } = { account: null };
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/login/')) return provider?.callback()(request, response);
    // Stands for the provider's own pages, where the person signs in.
    const login = { accountId: current.account?.sub ?? '' };
    void provider?.interactionFinished(request, response, { login });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const issuer = `http://127.0.0.1:${address.port}`;
  const accounts = new Map<string, Account>();
  const made = new Provider(issuer, {
    clients: [{ client_id: oidcClient.id, client_secret: oidcClient.secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/login/${uid}` },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => accounts.get(sub) }),
    loadExistingGrant: async (ctx: {
      oidc: { client: { clientId: string }; session: { accountId: string } };
    }) => {
      const { client, session } = ctx.oidc;
      const grant = new made.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  provider = made;

  /** Goes where the dashboard sends the person, as their browser does, and returns the query string with which they come back. */
  async function visit(url: string, account: Account): Promise<string> {
    current.account = account;
    accounts.set(account.sub, account);
    const cookies = new Map<string, string>();
    let next = url;
    for (let hop = 0; hop < 10; hop += 1) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (!location) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
      next = new URL(location, next).href;
      if (next.startsWith(redirectUri)) return new URL(next).search.slice(1);
    }
    throw new Error('the provider sends people in circles');
  }
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { issuer, visit, stop };
}
