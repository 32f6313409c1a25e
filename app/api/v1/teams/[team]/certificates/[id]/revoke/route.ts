import { contract } from '#api/contract/index';
import { revokeCertificate } from '#server/certificates/revoke-certificate';
import { route } from '#server/door/route';

export const POST = route(contract.certificates.revoke, revokeCertificate);
