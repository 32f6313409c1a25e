// `node scripts/run.mjs FILE [arguments…]`: prepares the clone and runs a TypeScript file with the server's conditions.
import { spawn } from 'node:child_process';
import { prepare, root, stop, typescript } from './prepare.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) stop('usage: node scripts/run.mjs FILE [arguments…]');
await prepare();
const child = spawn(process.execPath, [...typescript(file), ...args], { cwd: root, stdio: 'inherit' });
// The child cleans up by itself: a terminal's Ctrl-C reaches both, so we only have to outlive it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
