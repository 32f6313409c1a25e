import { contract } from '#api/contract/index';
import { joinByInvitation } from '#server/invitations/join-by-invitation';
import { route } from '#server/route';

export const POST = route(contract.invitations.join, joinByInvitation);
