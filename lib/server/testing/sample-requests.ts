import 'server-only';
import type { Operation } from '#api/operation';
import { defaultSite } from '#core/presets/default-site';

/** Ids of things that belong to one team. */
export interface Things {
  readonly site: string;
  readonly host: string;
  readonly target: string;
  readonly token: string;
  readonly invitation: string;
  readonly plan: string;
  readonly apply: string;
  readonly device: string;
  readonly drift: string;
  readonly comment: string;
  readonly list: string;
  readonly share: string;
  readonly link: string;
  readonly template: string;
  readonly issuer: string;
  readonly certificate: string;
  readonly webhook: string;
  readonly delivery: string;
  readonly group: string;
  readonly freeze: string;
  readonly lowering: string;
  /** A person of the team, other than the one who made its things. */
  readonly member: string;
}

export const sampleSite = (name: string, hostname = `${name}.example.com`) =>
  defaultSite('generic', name, hostname);

/** Names what the sample of a drifted file is like. */
export const samplePrint = 'a'.repeat(64);

/** A valid body for every operation that takes one. A new operation without an entry fails the tests that walk the contract. */
export function sampleBody({ id }: Operation, things: Things): unknown {
  const bodies: Record<string, unknown> = {
    'session.signIn': { email: 'someone@example.com', password: 'not the password' },
    'session.setup': {
      token: 'not-the-token',
      name: 'Eve',
      email: 'eve@example.com',
      password: 'long enough to pass',
      team: 'Eve',
    },
    'members.update': { role: 'viewer' },
    'invitations.create': { email: 'new@example.com', role: 'editor' },
    'invitations.join': { secret: 'not-the-secret', name: 'Eve', password: 'long enough to pass' },
    'invitations.accept': { secret: 'not-the-secret' },
    'people.resetPassword': { secret: 'not-the-secret', password: 'long enough to pass' },
    'session.changePassword': { current: 'not the password', password: 'long enough to pass' },
    'session.enterCode': { ticket: 'made-up', code: '123456' },
    'proof.give': { password: 'not the password' },
    'factors.begin': { password: 'not the password' },
    'factors.confirm': { code: '123456' },
    'factors.remove': { password: 'not the password', code: '123456' },
    'factors.renewCodes': { password: 'not the password', code: '123456' },
    'passkeys.create': {
      ticket: 'made-up',
      name: 'sample',
      credential: { id: 'AA', clientDataJSON: 'AA', attestationObject: 'AA', transports: ['internal'] },
    },
    'passkeys.rename': { name: 'renamed' },
    'passkeys.signIn': {
      ticket: 'made-up',
      credential: { id: 'AA', clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
    },
    'sso.finish': { ticket: 'made-up', answer: 'code=made-up&state=made-up' },
    'issuers.create': {
      name: 'sample',
      directoryUrl: 'https://127.0.0.1:1/dir',
      agreeTerms: true,
    },
    'certificates.revoke': { reason: 'unspecified' },
    'team.create': { name: 'sample' },
    'team.update': { name: 'renamed' },
    'tokens.create': { name: 'sample' },
    'sites.create': { document: sampleSite('sample'), targetIds: [things.target], message: 'first' },
    'sites.update': { document: sampleSite('sample-two'), targetIds: [things.target], message: 'second' },
    'sites.import': {
      text: 'schemaVersion: 1\nsites: []\n',
      dryRun: false,
      // Of a team that has nothing of what is in the file: it names nothing of any team.
      digest: 'not the digest of a dry run',
    },
    'sites.edit': { siteIds: [things.site], set: { tlsProfile: 'modern' }, dryRun: false, digest: 'x' },
    'lists.create': { name: 'sample', siteIds: [things.site] },
    'lists.update': { name: 'renamed' },
    'lists.changeSites': { add: [things.site], remove: [] },
    'lists.share': { team: 'theirs', level: 'view' },
    'lists.createLink': { days: 7 },
    'templates.create': { name: 'sample', siteId: things.site },
    'templates.update': { name: 'renamed', siteId: things.site },
    'shared.updateSite': { document: sampleSite('sample-two'), message: 'second' },
    'hosts.create': {
      transport: 'ssh',
      name: 'sample',
      address: '192.0.2.1',
      key: { source: 'upload', privateKey: 'x', passphrase: 'y' },
    },
    'hosts.update': { name: 'renamed' },
    'hosts.prepareKey': { access: 'direct' },
    'hosts.removeOldKey': { done: 'by-hand' },
    'hosts.changeKey': { access: 'enrolled' },
    'hosts.trustKey': { fingerprint: `SHA256:${'A'.repeat(43)}` },
    'plans.create': { siteIds: [things.site], targetIds: [things.target] },
    'drift.check': { hostIds: [things.host] },
    'drift.revert': { ids: [things.drift] },
    'drift.ignore': { print: samplePrint, reason: 'known' },
    'drift.accept': { print: samplePrint },
    'drift.adopt': { print: samplePrint },
    'notifications.update': { events: ['apply.failed'], listIds: [things.list] },
    'webhooks.create': {
      name: 'sample',
      kind: 'json',
      url: 'https://hooks.example.com/sample',
      events: ['apply.failed'],
      listId: things.list,
    },
    'webhooks.update': { name: 'renamed' },
    'applies.create': { planId: things.plan, planHash: 'hash', holdSeconds: 0 },
    'comments.create': { body: 'why?' },
    'comments.update': { body: 'because' },
    'reviews.request': { userIds: [things.member] },
    'reviews.submit': { planHash: 'hash', verdict: 'changes-requested', comment: 'why?' },
    'policies.update': { approvalsNeeded: 0 },
    'groups.create': { name: 'sample', hostIds: [things.host], operatorIds: [things.member] },
    'groups.update': { name: 'sample-two', hostIds: [things.host], operatorIds: [things.member] },
    'lowerings.ask': { operation: 'freezes.remove', id: things.freeze },
    'freezes.create': {
      groupId: things.group,
      startsAt: '2998-01-01T00:00:00Z',
      endsAt: '2998-01-02T00:00:00Z',
      reason: 'sample',
    },
  };
  if (!(id in bodies)) throw new Error(`sampleBody has no entry for ${id}`);
  return bodies[id];
}

/** What `{id}` stands for in an operation's path. */
export function sampleId({ id, path }: Operation, things: Things): string {
  const ids: Record<string, string> = {
    session: things.device,
    members: things.member,
    invitations: things.invitation,
    people: things.member,
    factors: things.member,
    passkeys: things.device,
    tokens: things.token,
    sites: things.site,
    hosts: things.host,
    plans: things.plan,
    applies: things.apply,
    drift: things.drift,
    reviews: things.plan,
    groups: things.group,
    freezes: things.freeze,
    lowerings: things.lowering,
    comments: path.includes('/plans/') ? things.plan : things.comment,
    webhooks: things.webhook,
    issuers: things.issuer,
    certificates: things.certificate,
    deliveries: things.delivery,
    lists: things.list,
    shared: things.list,
    templates: things.template,
  };
  const found = ids[id.split('.')[0] ?? ''];
  if (!found) throw new Error(`sampleId has no entry for ${id}`);
  return found;
}

/** URL and init of a valid call of an operation; `headers` say who makes it. */
export function sampleRequest(
  operation: Operation,
  team: string,
  things: Things,
  headers: Readonly<Record<string, string>>,
): { url: string; init: RequestInit } {
  const url = operation.path
    .replace('{team}', team)
    .replace('{id}', () => sampleId(operation, things))
    .replace('{share}', things.share)
    .replace('{link}', things.link)
    .replace('{site}', things.site)
    .replace('{token}', 'no-such-token')
    .replace('{number}', '1');
  const body = operation.body ? JSON.stringify(sampleBody(operation, things)) : null;
  return {
    url,
    init: {
      method: operation.method,
      headers: {
        ...headers,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(operation.ifMatch ? { 'if-match': '"1"' } : {}),
      },
      body,
    },
  };
}
