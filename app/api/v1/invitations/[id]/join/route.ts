import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { joinByInvitation } from '#server/identity/invitations/join-by-invitation';

export const POST = route(contract.invitations.join, joinByInvitation);
