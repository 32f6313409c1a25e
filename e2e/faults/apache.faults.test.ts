import { runMatrix } from './matrix/run-matrix';

runMatrix('apache');
