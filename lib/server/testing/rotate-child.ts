import { rotateKey } from '#server/platform/secrets/rotate-key';

/** Rotates the key of the data directory that the environment names, and kills itself without a word after so many steps. */
const steps = Number(process.argv[2] ?? 0);
let step = 0;
await rotateKey((name) => {
  step += 1;
  process.stdout.write(`${name}\n`);
  if (step === steps) process.kill(process.pid, 'SIGKILL');
});
process.exit(0);
