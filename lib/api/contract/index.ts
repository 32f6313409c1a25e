import type { Operation } from '../operation';
import { activity } from './activity';
import { applies } from './applies';
import { backup } from './backup';
import { blaming } from './blame';
import { bulk } from './bulk';
import { certificates, issuers } from './certificates';
import { comments } from './comments';
import { drift } from './drift';
import { factors } from './factors';
import { hostInventory } from './host-inventory';
import { hostLists } from './host-lists';
import { hosts } from './hosts';
import { invitations } from './invitations';
import { lists } from './lists';
import { lowerings } from './lowerings';
import { members } from './members';
import { notifications } from './notifications';
import { passkeys } from './passkeys';
import { people } from './people';
import { plans } from './plans';
import { freezes, groups, policies } from './policies';
import { proof } from './proof';
import { reviews } from './reviews';
import { session } from './session';
import { shared } from './shared-lists';
import { sharing } from './sharing';
import { sites } from './sites';
import { sso } from './sso';
import { team } from './team';
import { templates } from './templates';
import { tokens } from './tokens';
import { transfer } from './transfer';
import { deliveries, webhooks } from './webhooks';

/** Every HTTP operation of the product. */
export const contract = {
  session,
  proof,
  team,
  members,
  invitations,
  people,
  backup,
  factors,
  passkeys,
  sso,
  tokens,
  // Paths with a word come before those with an id in the same place.
  sites: { ...transfer, ...bulk, ...sites, ...blaming },
  lists: { ...lists, ...sharing },
  shared,
  templates,
  hosts: { ...hostLists, ...hosts, ...hostInventory },
  plans,
  applies,
  drift,
  issuers,
  certificates,
  activity,
  comments,
  notifications,
  webhooks,
  deliveries,
  reviews,
  policies,
  groups,
  freezes,
  lowerings,
};

export const operations: readonly Operation[] = Object.values(contract).flatMap((group): Operation[] =>
  Object.values(group),
);
