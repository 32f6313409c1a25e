import { contract } from '#api/contract/index';
import { renewCertificate } from '#server/certificates/renew-certificate';
import { route } from '#server/door/route';

export const POST = route(contract.certificates.renew, renewCertificate);
