import type { contract } from '#api/contract/index';

type Contract = typeof contract;

/**
 * Method and path of every operation, for the browser. They repeat the contract because the contract carries every schema with it, more script than the
 * rest of a page together; the compiler refuses this table as soon as it is not the contract's own.
 */
export const endpoints = {
  session: {
    get: 'GET /api/v1/session',
    signIn: 'POST /api/v1/session',
    enterCode: 'POST /api/v1/session/code',
    signOut: 'DELETE /api/v1/session',
    listDevices: 'GET /api/v1/session/devices',
    revokeDevice: 'DELETE /api/v1/session/devices/{id}',
    changePassword: 'PUT /api/v1/session/password',
    setupStatus: 'GET /api/v1/setup',
    setup: 'POST /api/v1/setup',
  },
  proof: {
    get: 'GET /api/v1/session/proof',
    give: 'POST /api/v1/session/proof',
  },
  team: {
    get: 'GET /api/v1/teams/{team}',
    create: 'POST /api/v1/teams',
    update: 'PATCH /api/v1/teams/{team}',
  },
  members: {
    update: 'PATCH /api/v1/teams/{team}/members/{id}',
    remove: 'DELETE /api/v1/teams/{team}/members/{id}',
    leave: 'DELETE /api/v1/teams/{team}/membership',
  },
  invitations: {
    list: 'GET /api/v1/teams/{team}/invitations',
    create: 'POST /api/v1/teams/{team}/invitations',
    revoke: 'DELETE /api/v1/teams/{team}/invitations/{id}',
    look: 'GET /api/v1/invitations/{id}',
    join: 'POST /api/v1/invitations/{id}/join',
    accept: 'POST /api/v1/invitations/{id}/accept',
  },
  people: {
    list: 'GET /api/v1/people',
    disable: 'POST /api/v1/people/{id}/disable',
    enable: 'POST /api/v1/people/{id}/enable',
    makeAdministrator: 'PUT /api/v1/people/{id}/administrator',
    unmakeAdministrator: 'DELETE /api/v1/people/{id}/administrator',
    makeReset: 'POST /api/v1/people/{id}/password-resets',
    resetPassword: 'POST /api/v1/password-resets/{id}',
  },
  backup: {
    get: 'GET /api/v1/backup',
  },
  factors: {
    get: 'GET /api/v1/session/second-factor',
    begin: 'POST /api/v1/session/second-factor',
    confirm: 'POST /api/v1/session/second-factor/confirm',
    remove: 'POST /api/v1/session/second-factor/remove',
    renewCodes: 'POST /api/v1/session/recovery-codes',
    clear: 'DELETE /api/v1/people/{id}/second-factor',
  },
  passkeys: {
    list: 'GET /api/v1/session/passkeys',
    prepare: 'GET /api/v1/session/passkeys/new',
    create: 'POST /api/v1/session/passkeys',
    rename: 'PATCH /api/v1/session/passkeys/{id}',
    remove: 'DELETE /api/v1/session/passkeys/{id}',
    challenge: 'GET /api/v1/passkeys',
    signIn: 'POST /api/v1/passkeys',
  },
  sso: {
    methods: 'GET /api/v1/sso',
    begin: 'GET /api/v1/sso/provider',
    finish: 'POST /api/v1/sso/provider',
    byProxy: 'POST /api/v1/sso/proxy',
  },
  tokens: {
    list: 'GET /api/v1/teams/{team}/tokens',
    create: 'POST /api/v1/teams/{team}/tokens',
    revoke: 'DELETE /api/v1/teams/{team}/tokens/{id}',
  },
  sites: {
    export: 'GET /api/v1/teams/{team}/sites/export',
    import: 'POST /api/v1/teams/{team}/sites/import',
    edit: 'POST /api/v1/teams/{team}/sites/edits',
    list: 'GET /api/v1/teams/{team}/sites',
    create: 'POST /api/v1/teams/{team}/sites',
    get: 'GET /api/v1/teams/{team}/sites/{id}',
    update: 'PUT /api/v1/teams/{team}/sites/{id}',
    remove: 'DELETE /api/v1/teams/{team}/sites/{id}',
    listRevisions: 'GET /api/v1/teams/{team}/sites/{id}/revisions',
    getRevision: 'GET /api/v1/teams/{team}/sites/{id}/revisions/{number}',
    listProbes: 'GET /api/v1/teams/{team}/sites/{id}/probes',
    liftHold: 'DELETE /api/v1/teams/{team}/sites/{id}/hold',
    check: 'POST /api/v1/teams/{team}/sites/{id}/probes',
    blame: 'GET /api/v1/teams/{team}/sites/{id}/blame',
  },
  lists: {
    list: 'GET /api/v1/teams/{team}/lists',
    create: 'POST /api/v1/teams/{team}/lists',
    get: 'GET /api/v1/teams/{team}/lists/{id}',
    update: 'PATCH /api/v1/teams/{team}/lists/{id}',
    remove: 'DELETE /api/v1/teams/{team}/lists/{id}',
    changeSites: 'POST /api/v1/teams/{team}/lists/{id}/sites',
    listShares: 'GET /api/v1/teams/{team}/lists/{id}/shares',
    share: 'PUT /api/v1/teams/{team}/lists/{id}/shares',
    unshare: 'DELETE /api/v1/teams/{team}/lists/{id}/shares/{share}',
    createLink: 'POST /api/v1/teams/{team}/lists/{id}/links',
    revokeLink: 'DELETE /api/v1/teams/{team}/lists/{id}/links/{link}',
  },
  shared: {
    list: 'GET /api/v1/teams/{team}/shared-lists',
    get: 'GET /api/v1/teams/{team}/shared-lists/{id}',
    getSite: 'GET /api/v1/teams/{team}/shared-lists/{id}/sites/{site}',
    updateSite: 'PUT /api/v1/teams/{team}/shared-lists/{id}/sites/{site}',
    open: 'GET /api/v1/shared/{token}',
  },
  templates: {
    list: 'GET /api/v1/teams/{team}/templates',
    create: 'POST /api/v1/teams/{team}/templates',
    get: 'GET /api/v1/teams/{team}/templates/{id}',
    update: 'PATCH /api/v1/teams/{team}/templates/{id}',
    remove: 'DELETE /api/v1/teams/{team}/templates/{id}',
  },
  hosts: {
    list: 'GET /api/v1/teams/{team}/hosts',
    choices: 'GET /api/v1/teams/{team}/hosts/choices',
    helpers: 'GET /api/v1/teams/{team}/hosts/helpers',
    upgrade: 'GET /api/v1/teams/{team}/hosts/upgrade',
    create: 'POST /api/v1/teams/{team}/hosts',
    get: 'GET /api/v1/teams/{team}/hosts/{id}',
    update: 'PATCH /api/v1/teams/{team}/hosts/{id}',
    remove: 'DELETE /api/v1/teams/{team}/hosts/{id}',
    scanKey: 'POST /api/v1/teams/{team}/hosts/{id}/host-key',
    trustKey: 'PUT /api/v1/teams/{team}/hosts/{id}/host-key',
    bootstrap: 'GET /api/v1/teams/{team}/hosts/{id}/bootstrap',
    inventory: 'GET /api/v1/teams/{team}/hosts/{id}/inventory',
    prepareKey: 'POST /api/v1/teams/{team}/hosts/{id}/next-key',
    dropKey: 'DELETE /api/v1/teams/{team}/hosts/{id}/next-key',
    changeKey: 'PUT /api/v1/teams/{team}/hosts/{id}/next-key',
    removeOldKey: 'PUT /api/v1/teams/{team}/hosts/{id}/old-key',
    check: 'POST /api/v1/teams/{team}/hosts/{id}/checks',
  },
  plans: {
    list: 'GET /api/v1/teams/{team}/plans',
    create: 'POST /api/v1/teams/{team}/plans',
    get: 'GET /api/v1/teams/{team}/plans/{id}',
  },
  applies: {
    list: 'GET /api/v1/teams/{team}/applies',
    create: 'POST /api/v1/teams/{team}/applies',
    get: 'GET /api/v1/teams/{team}/applies/{id}',
    events: 'GET /api/v1/teams/{team}/applies/{id}/events',
    takenPorts: 'GET /api/v1/teams/{team}/applies/{id}/ports',
    confirm: 'POST /api/v1/teams/{team}/applies/{id}/confirm',
    rollback: 'POST /api/v1/teams/{team}/applies/{id}/rollback',
    cancel: 'POST /api/v1/teams/{team}/applies/{id}/cancel',
    undo: 'POST /api/v1/teams/{team}/applies/{id}/undo',
  },
  drift: {
    list: 'GET /api/v1/teams/{team}/drift',
    summary: 'GET /api/v1/teams/{team}/drift/summary',
    check: 'POST /api/v1/teams/{team}/drift/checks',
    revert: 'POST /api/v1/teams/{team}/drift/plans',
    get: 'GET /api/v1/teams/{team}/drift/{id}',
    ignore: 'POST /api/v1/teams/{team}/drift/{id}/ignore',
    accept: 'POST /api/v1/teams/{team}/drift/{id}/accept',
    adopt: 'POST /api/v1/teams/{team}/drift/{id}/adopt',
    reopen: 'POST /api/v1/teams/{team}/drift/{id}/reopen',
  },
  activity: {
    list: 'GET /api/v1/teams/{team}/activity',
    export: 'GET /api/v1/teams/{team}/activity/export',
    verify: 'GET /api/v1/teams/{team}/activity/verify',
  },
  comments: {
    list: 'GET /api/v1/teams/{team}/plans/{id}/comments',
    create: 'POST /api/v1/teams/{team}/plans/{id}/comments',
    update: 'PATCH /api/v1/teams/{team}/comments/{id}',
    remove: 'DELETE /api/v1/teams/{team}/comments/{id}',
  },
  notifications: {
    get: 'GET /api/v1/teams/{team}/notifications',
    update: 'PUT /api/v1/teams/{team}/notifications',
  },
  issuers: {
    list: 'GET /api/v1/teams/{team}/issuers',
    create: 'POST /api/v1/teams/{team}/issuers',
    remove: 'DELETE /api/v1/teams/{team}/issuers/{id}',
  },
  certificates: {
    list: 'GET /api/v1/teams/{team}/certificates',
    renew: 'POST /api/v1/teams/{team}/certificates/{id}/renew',
    revoke: 'POST /api/v1/teams/{team}/certificates/{id}/revoke',
  },
  webhooks: {
    list: 'GET /api/v1/teams/{team}/webhooks',
    create: 'POST /api/v1/teams/{team}/webhooks',
    get: 'GET /api/v1/teams/{team}/webhooks/{id}',
    update: 'PATCH /api/v1/teams/{team}/webhooks/{id}',
    remove: 'DELETE /api/v1/teams/{team}/webhooks/{id}',
    test: 'POST /api/v1/teams/{team}/webhooks/{id}/test',
  },
  deliveries: {
    list: 'GET /api/v1/teams/{team}/deliveries',
    redeliver: 'POST /api/v1/teams/{team}/deliveries/{id}/redeliver',
  },
  reviews: {
    get: 'GET /api/v1/teams/{team}/plans/{id}/review',
    request: 'PUT /api/v1/teams/{team}/plans/{id}/reviewers',
    submit: 'PUT /api/v1/teams/{team}/plans/{id}/review',
    withdraw: 'DELETE /api/v1/teams/{team}/plans/{id}/review',
  },
  policies: {
    get: 'GET /api/v1/teams/{team}/policies',
    update: 'PATCH /api/v1/teams/{team}/policies',
  },
  groups: {
    create: 'POST /api/v1/teams/{team}/host-groups',
    update: 'PUT /api/v1/teams/{team}/host-groups/{id}',
    remove: 'DELETE /api/v1/teams/{team}/host-groups/{id}',
  },
  freezes: {
    create: 'POST /api/v1/teams/{team}/freezes',
    remove: 'DELETE /api/v1/teams/{team}/freezes/{id}',
  },
  lowerings: {
    list: 'GET /api/v1/teams/{team}/lowerings',
    ask: 'POST /api/v1/teams/{team}/lowerings',
    confirm: 'POST /api/v1/teams/{team}/lowerings/{id}/confirm',
    cancel: 'DELETE /api/v1/teams/{team}/lowerings/{id}',
  },
} as const satisfies {
  [Noun in keyof Contract]: {
    [Verb in keyof Contract[Noun]]: Contract[Noun][Verb] extends { method: infer Method; path: infer Path }
      ? `${Method & string} ${Path & string}`
      : never;
  };
};

export type Noun = keyof Contract;
export type OperationId = { [N in Noun]: `${N}.${keyof Contract[N] & string}` }[Noun];
/** `sites.list` → the operation's description. */
export type OperationOf<Id extends OperationId> = Id extends `${infer N}.${infer V}`
  ? N extends Noun
    ? V extends keyof Contract[N]
      ? Contract[N][V]
      : never
    : never
  : never;

export function endpointOf(id: OperationId): { method: string; path: string } {
  const [noun = '', verb = ''] = id.split('.');
  const line = (endpoints as Record<string, Record<string, string>>)[noun]?.[verb] ?? '';
  const [method = '', path = ''] = line.split(' ');
  return { method, path };
}
