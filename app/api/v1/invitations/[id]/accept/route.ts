import { contract } from '#api/contract/index';
import { acceptInvitation } from '#server/invitations/accept-invitation';
import { route } from '#server/route';

export const POST = route(contract.invitations.accept, acceptInvitation);
