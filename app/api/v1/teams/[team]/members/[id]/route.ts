import { contract } from '#api/contract/index';
import { removeMember } from '#server/members/remove-member';
import { updateMember } from '#server/members/update-member';
import { route } from '#server/route';

export const PATCH = route(contract.members.update, updateMember);
export const DELETE = route(contract.members.remove, removeMember);
