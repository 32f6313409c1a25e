import { contract } from '#api/contract/index';
import { getPolicies } from '#server/changes/policies/get-policies';
import { updatePolicies } from '#server/changes/policies/update-policies';
import { route } from '#server/door/route';

export const GET = route(contract.policies.get, getPolicies);
export const PATCH = route(contract.policies.update, updatePolicies);
