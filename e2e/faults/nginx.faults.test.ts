import { runMatrix } from './matrix/run-matrix';

runMatrix('nginx');
