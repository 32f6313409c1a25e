import { runMatrix } from './matrix/run-matrix';

runMatrix('caddy');
