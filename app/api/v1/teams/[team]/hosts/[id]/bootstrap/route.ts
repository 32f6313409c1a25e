import { contract } from '#api/contract/index';
import { getBootstrap } from '#server/hosts/get-bootstrap';
import { route } from '#server/route';

export const GET = route(contract.hosts.bootstrap, getBootstrap);
