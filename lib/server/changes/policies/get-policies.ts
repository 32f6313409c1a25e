import 'server-only';
import type { contract } from '#api/contract/index';
import { describePolicies } from '../../door/controls/describe-policies';
import type { Handler } from '../../door/route';

/** What an apply needs in the team. */
export const getPolicies: Handler<typeof contract.policies.get> = ({ db }) => describePolicies(db);
