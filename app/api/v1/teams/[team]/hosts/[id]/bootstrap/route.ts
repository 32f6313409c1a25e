import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getBootstrap } from '#server/hosts/get-bootstrap';

export const GET = route(contract.hosts.bootstrap, getBootstrap);
