import { CommandError, exitCode } from './exit-code';

const maxBytes = 4096;

/** A password from standard input, without its line end. Arguments would show in the process list and the shell's history. */
export async function readPassword(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes)
      throw new CommandError('The password on standard input is too long.', exitCode.usage);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
