import type { contract } from '../contract/index';

/** What each group of operations is about. */
const about: Partial<Record<keyof typeof contract, string>> = {
  session: 'Sign-in and the person who is signed in',
  proof: 'Proving again that it is you, for what changes controls, keys and accounts',
  team: 'The team and its members',
  members: 'The people of a team and their roles',
  invitations: 'One-time links into a team',
  people: 'Everybody who can sign in, for administrators of the installation',
  backup: 'Whether there is a backup, for administrators of the installation',
  factors: 'The second factor at sign-in',
  passkeys: 'Signing in with a device instead of a password',
  sso: 'Signing in by an OpenID provider or a trusted proxy',
  tokens: 'API tokens of one’s own',
  sites: 'Sites and their revisions',
  lists: 'Named collections of sites, and who else sees them',
  shared: 'Lists of other teams, and lists by link',
  templates: 'What new sites of a team begin with',
  hosts: 'Machines reached by SSH, their keys and check lists',
  plans: 'Changes against what is really on the hosts, for review',
  applies: 'Plans being brought to hosts, proven, and undone if they do not serve',
  activity: 'Who did what: append-only, each row bound to the one before it',
  comments: 'What people say about a plan',
  notifications: 'What a person is told by e-mail',
  webhooks: 'Where events of the team are sent',
  deliveries: 'Messages to webhooks, and what happened to them',
  reviews: 'Approvals, bound to a plan’s hash',
  policies: 'What an apply needs in a team',
  groups: 'Hosts under one policy',
  freezes: 'Times in which nothing is applied',
  lowerings: 'Changes that lower a control, and wait for a second person',
  drift: 'Files on hosts that are not as they were left',
};

export const tagsOf = (groups: readonly string[]) =>
  groups.map((name) => {
    const description = (about as Readonly<Record<string, string | undefined>>)[name];
    return { name, ...(description === undefined ? {} : { description }) };
  });
