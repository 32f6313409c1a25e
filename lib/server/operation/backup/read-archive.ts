import 'server-only';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Extract, extract } from 'tar-stream';
import { ArchiveRefused } from './archive-refused';
import { decrypterFor, type Opener } from './lock';
import { archiveFormat, Manifest, manifestName } from './manifest';

const maxManifestBytes = 1_048_576;

const damaged = (cause: unknown) =>
  new ArchiveRefused(
    'The archive is refused as a whole: it is damaged, truncated or changed. None of it was kept.',
    { cause },
  );

/** Decrypted bytes of an archive. What was changed or cut off ends them with an error, at the latest behind the last one. */
async function plainText(path: string, opener: Opener): Promise<ReadableStream<Uint8Array>> {
  const decrypter = await decrypterFor(opener);
  const source = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
  try {
    return await decrypter.decrypt(source);
  } catch (cause) {
    await source.cancel().catch(() => undefined);
    if (cause instanceof Error && /no identity matched/i.test(cause.message)) {
      throw new ArchiveRefused(
        'It does not open: it was made for another passphrase or key, or its head is damaged.',
        { cause },
      );
    }
    throw damaged(cause);
  }
}

async function feed(source: ReadableStream<Uint8Array>, archive: Extract): Promise<void> {
  try {
    for await (const chunk of source) {
      if (!archive.write(chunk)) await new Promise<void>((ready) => archive.once('drain', ready));
    }
    archive.end(null);
  } catch (error) {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

async function readManifest(entry: AsyncIterable<Uint8Array>): Promise<Manifest> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of entry) {
    bytes += chunk.length;
    if (bytes > maxManifestBytes) throw new Error('the manifest is too long');
    chunks.push(chunk);
  }
  const manifest: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const format =
    manifest && typeof manifest === 'object' && 'format' in manifest ? Number(manifest.format) : 0;
  if (format > archiveFormat)
    throw new ArchiveRefused('The archive was made by a newer Gatehouse. Restore it with that version.');
  return Manifest.parse(manifest);
}

/** Writes one file of the archive, for the owner alone, and compares it with what the manifest says of it. */
async function writeEntry(
  entry: AsyncIterable<Uint8Array>,
  path: string,
  said: Manifest['files'][number],
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of entry) {
      bytes += chunk.length;
      if (bytes > said.bytes) break;
      hash.update(chunk);
      await file.appendFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (bytes !== said.bytes || hash.digest('hex') !== said.sha256) throw new Error(`${said.name} differs`);
}

async function unpack(archive: Extract, into: string): Promise<Manifest> {
  let manifest: Manifest | null = null;
  const missing = new Set<string>();
  for await (const entry of archive) {
    const { name, type } = entry.header;
    if (type !== 'file') throw new Error('something that is no file');
    if (manifest === null) {
      if (name !== manifestName) throw new Error('no manifest');
      manifest = await readManifest(entry as AsyncIterable<Uint8Array>);
      for (const file of manifest.files) missing.add(file.name);
      continue;
    }
    const said = manifest.files.find((file) => file.name === name);
    if (!said || !missing.delete(name)) throw new Error('a file that the manifest does not name');
    await writeEntry(entry as AsyncIterable<Uint8Array>, join(into, said.name), said);
  }
  if (manifest === null || missing.size > 0) throw new Error('files are missing');
  return manifest;
}

/**
 * Unpacks an archive into a folder of the caller's, and believes none of it before the last byte was checked: on any error the caller
 * throws the folder away.
 *
 * @throws ArchiveRefused
 */
export async function readArchive(path: string, opener: Opener, into: string): Promise<Manifest> {
  const archive = extract();
  const plain = await plainText(path, opener);
  const [fed, unpacked] = await Promise.allSettled([feed(plain, archive), unpack(archive, into)]);
  if (unpacked.status === 'rejected' && unpacked.reason instanceof ArchiveRefused) throw unpacked.reason;
  if (fed.status === 'rejected') throw damaged(fed.reason);
  if (unpacked.status === 'rejected') throw damaged(unpacked.reason);
  return unpacked.value;
}
