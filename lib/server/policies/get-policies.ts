import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../route';
import { describePolicies } from './describe-policies';

/** What an apply needs in the team. */
export const getPolicies: Handler<typeof contract.policies.get> = ({ db }) => describePolicies(db);
