// `node scripts/run.mjs FILE [arguments…]`: prepares the clone and runs a TypeScript file with the server's conditions.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root, stop } from './prepare.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) stop('usage: node scripts/run.mjs FILE [arguments…]');
await prepare();
const typescript = ['--conditions=react-server', '--import', import.meta.resolve('tsx'), join(root, file)];
const child = spawn(process.execPath, [...typescript, ...args], { cwd: root, stdio: 'inherit' });
// The child cleans up by itself: a terminal's Ctrl-C reaches both, so we only have to outlive it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
