// One dashboard per data directory. The lease is a lock that the kernel holds for the process (SQLite's, on a file of its own), so that it ends
// with the process, however that ends, and not a moment sooner: a stopped or slow process keeps it.
import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const lockName = 'owner.lock';
const ownerName = 'owner.json';
/** A database that nobody refers to is closed by the garbage collector, and its lock is gone. */
const held = new Set();
/** For one that is just ending. */
const patienceMs = 2000;

/** Who holds the directory, by its own words; `null` where it has left none. */
function ownerOf(dataDir) {
  try {
    const { id, pid, host, since } = JSON.parse(readFileSync(join(dataDir, ownerName), 'utf8'));
    return { id: String(id), pid: Number(pid), host: String(host), since: String(since) };
  } catch {
    return null;
  }
}

const inodeOf = (path) => {
  try {
    return statSync(path).ino;
  } catch {
    return null;
  }
};

/**
 * Takes the directory for this process.
 *
 * @param {string} dataDir
 * @returns {{ id: string, isHeld: () => boolean, release: () => void }}
 * @throws Error that names who has it
 */
export function takeLease(dataDir) {
  const path = join(dataDir, lockName);
  const lock = new Database(path, { timeout: patienceMs });
  chmodSync(path, 0o600);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error.code !== 'SQLITE_BUSY')
      throw new Error(
        `The data directory ${dataDir} cannot be locked: ${error.message}. It needs a file system with locks.`,
      );
    const owner = ownerOf(dataDir);
    const who = owner ? `process ${owner.pid} on ${owner.host}, since ${owner.since}` : 'another process';
    throw new Error(
      `A dashboard runs on ${dataDir} already: ${who}.\nTwo would take each other's applies for abandoned. Stop that one, or set GATEHOUSE_DATA_DIR to another directory.`,
    );
  }
  held.add(lock);
  const inode = inodeOf(path);
  const owner = { id: randomUUID(), pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const ownerPath = join(dataDir, ownerName);
  writeFileSync(ownerPath, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  return {
    id: owner.id,
    /** False when the directory was put aside or replaced: what is written now goes to nobody. */
    isHeld: () =>
      lock.inTransaction && inode !== null && inodeOf(path) === inode && ownerOf(dataDir)?.id === owner.id,
    release: () => {
      if (ownerOf(dataDir)?.id === owner.id) rmSync(ownerPath, { force: true });
      held.delete(lock);
      lock.close();
    },
  };
}
