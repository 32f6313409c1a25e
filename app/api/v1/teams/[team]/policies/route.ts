import { contract } from '#api/contract/index';
import { getPolicies } from '#server/policies/get-policies';
import { updatePolicies } from '#server/policies/update-policies';
import { route } from '#server/route';

export const GET = route(contract.policies.get, getPolicies);
export const PATCH = route(contract.policies.update, updatePolicies);
