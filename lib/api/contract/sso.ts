import { z } from 'zod';
import { guessing, operation, reading } from '../operation';
import { Session, SignedIn } from './session';

const open = { gate: { kind: 'public' }, params: null, query: null } as const;

/** Signing in by somebody else’s word: an OpenID provider’s, or a trusted proxy’s. Both are set up in the environment. */
export const sso = {
  methods: operation({
    ...open,
    id: 'sso.methods',
    method: 'GET',
    path: '/api/v1/sso',
    summary: 'How people may sign in here, beside password and passkey',
    rateLimit: reading,
    audit: null,
    body: null,
    response: z.object({
      /** Name of the OpenID provider; `null`: none is set up. */
      provider: z.string().nullable(),
      /** The proxy in front says who asks. */
      proxy: z.boolean(),
    }),
    status: 200,
  }),
  begin: operation({
    ...open,
    id: 'sso.begin',
    method: 'GET',
    path: '/api/v1/sso/provider',
    summary: 'Where the OpenID provider asks the person, and the ticket for when they come back',
    rateLimit: { points: 30, perSeconds: 60 },
    audit: null,
    body: null,
    response: z.object({ url: z.url(), ticket: z.string() }),
    status: 200,
  }),
  finish: operation({
    ...open,
    id: 'sso.finish',
    method: 'POST',
    path: '/api/v1/sso/provider',
    summary: 'Sign in with what the OpenID provider sent along',
    rateLimit: guessing,
    audit: 'session.signed-in',
    proof: 'none',
    body: z.strictObject({
      ticket: z.string().min(1).max(2048),
      /** Query string with which the person came back, without its question mark. */
      answer: z.string().min(1).max(8192),
    }),
    response: SignedIn,
    status: 200,
  }),
  byProxy: operation({
    ...open,
    id: 'sso.byProxy',
    method: 'POST',
    path: '/api/v1/sso/proxy',
    summary: 'Sign in as the person whom the trusted proxy in front names',
    rateLimit: guessing,
    audit: 'session.signed-in',
    proof: 'none',
    body: null,
    response: Session,
    status: 200,
  }),
};
