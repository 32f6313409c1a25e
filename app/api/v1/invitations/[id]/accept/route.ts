import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { acceptInvitation } from '#server/identity/invitations/accept-invitation';

export const POST = route(contract.invitations.accept, acceptInvitation);
