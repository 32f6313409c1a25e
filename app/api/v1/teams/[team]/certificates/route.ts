import { contract } from '#api/contract/index';
import { listCertificates } from '#server/certificates/list-certificates';
import { route } from '#server/door/route';

export const GET = route(contract.certificates.list, listCertificates);
