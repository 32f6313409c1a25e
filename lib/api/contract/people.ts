import { z } from 'zod';
import { Role } from '#core/access/roles';
import { changing, guessing, operation, reading } from '../operation';
import { Password } from './session';
import { Instant, PageQuery, Person as PersonName, page } from './shared';

export const PersonDetail = PersonName.extend({
  administrator: z.boolean(),
  disabledAt: Instant.nullable(),
  createdAt: Instant,
  teams: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), role: Role })),
});
export type PersonDetail = z.infer<typeof PersonDetail>;

/** A one-time link, in the two parts that `…/reset#id.secret` holds. */
export const OneTimeLink = z.object({ id: z.string(), secret: z.string(), expiresAt: Instant });

const gate = { kind: 'administrator', sessionOnly: true } as const;
const Id = z.object({ id: z.string().min(1).max(64) });
const described = { gate, rateLimit: changing, params: Id, query: null, body: null } as const;

/** The people of all teams, for the administrators of the installation. */
export const people = {
  list: operation({
    id: 'people.list',
    method: 'GET',
    path: '/api/v1/people',
    summary: 'List everybody who can sign in, newest first',
    gate,
    rateLimit: reading,
    audit: null,
    params: null,
    query: PageQuery.extend({ search: z.string().max(254).optional() }),
    body: null,
    response: page(PersonDetail),
    status: 200,
  }),
  disable: operation({
    ...described,
    id: 'people.disable',
    method: 'POST',
    path: '/api/v1/people/{id}/disable',
    summary: 'Disable a person: sessions end at once, tokens are refused',
    audit: 'person.disabled',
    proof: 'recent',
    changesAccess: true,
    response: PersonDetail,
    status: 200,
  }),
  enable: operation({
    ...described,
    id: 'people.enable',
    method: 'POST',
    path: '/api/v1/people/{id}/enable',
    summary: 'Enable a person again',
    audit: 'person.enabled',
    proof: 'recent',
    response: PersonDetail,
    status: 200,
  }),
  makeAdministrator: operation({
    ...described,
    id: 'people.makeAdministrator',
    method: 'PUT',
    path: '/api/v1/people/{id}/administrator',
    summary: 'Make somebody an administrator of the installation',
    audit: 'person.administrator-made',
    proof: 'recent',
    response: PersonDetail,
    status: 200,
  }),
  unmakeAdministrator: operation({
    ...described,
    id: 'people.unmakeAdministrator',
    method: 'DELETE',
    path: '/api/v1/people/{id}/administrator',
    summary: 'Take an administrator’s rights over the installation away',
    audit: 'person.administrator-unmade',
    proof: 'recent',
    changesAccess: true,
    response: PersonDetail,
    status: 200,
  }),
  makeReset: operation({
    ...described,
    id: 'people.makeReset',
    method: 'POST',
    path: '/api/v1/people/{id}/password-resets',
    summary: 'Make a one-time link with which the person sets a new password',
    audit: 'person.reset-made',
    proof: 'recent',
    response: OneTimeLink,
    status: 201,
    answersSecret: true,
  }),
  resetPassword: operation({
    id: 'people.resetPassword',
    method: 'POST',
    path: '/api/v1/password-resets/{id}',
    summary: 'Set a new password with a one-time link; ends all of the person’s sessions and API tokens',
    gate: { kind: 'public' },
    rateLimit: guessing,
    audit: 'person.password-reset',
    proof: 'none',
    changesAccess: true,
    params: Id,
    query: null,
    body: z.strictObject({
      secret: z.string().min(1).max(128),
      password: Password,
      /** API tokens go on working; otherwise they end with the sessions. */
      keepTokens: z.boolean().default(false),
    }),
    response: null,
    status: 204,
  }),
};
