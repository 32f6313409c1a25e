import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { removeMember } from '#server/identity/members/remove-member';
import { updateMember } from '#server/identity/members/update-member';

export const PATCH = route(contract.members.update, updateMember);
export const DELETE = route(contract.members.remove, removeMember);
