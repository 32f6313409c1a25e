import 'server-only';
import type { LiveFile } from '#core/change/file-state';
import type { AppliedDocument } from '#core/plan/applied-file';
import { type DriftState, driftState, printText } from '#core/plan/drift-state';
import type { ServerKind } from '#core/web-server/render-target';
import { readState } from '../../hosts/helper/host';
import type { RunHelperOptions } from '../../hosts/helper/run-helper';
import type { Transport } from '../../hosts/ssh/transport';
import { sha256 } from '../../platform/sha256';

/** What our last apply left at one path. */
export interface LeftFile {
  readonly targetId: string;
  readonly role: string;
  readonly siteId: string | null;
  readonly document: AppliedDocument;
}

/** A path that is not as we left it. */
export interface FoundDrift {
  readonly targetId: string;
  readonly path: string;
  readonly role: string | null;
  readonly siteId: string | null;
  readonly state: DriftState;
  readonly live: LiveFile['fingerprint'];
  readonly print: string;
  /** `undefined`: the text is the one that is on record for this print already. */
  readonly content: string | null | undefined;
}

interface Question {
  /** Web servers of the host that hold something of ours, with their targets. */
  readonly targets: ReadonlyMap<ServerKind, string>;
  readonly left: readonly LeftFile[];
  /** Prints whose text is known, by target and path. */
  readonly known: ReadonlyMap<string, string>;
  /** Digests of files of others that are known to hold our lines, by target and path. */
  readonly seenLines: Map<string, string>;
}

export const keyOf = (targetId: string, path: string) => `${targetId} ${path}`;

/**
 * Compares one host with what we left there: one request for the fingerprints of everything. Only where something differs that has
 * not been read before does a second one bring the texts of those files. Throws `TransportError`.
 */
export async function readDrift(
  transport: Transport,
  { targets, left, known, seenLines }: Question,
  options: RunHelperOptions,
): Promise<FoundDrift[]> {
  const paths = [...new Set(left.map(({ document }) => document.path))];
  const servers = [...targets.keys()];
  const state = await readState(transport, { servers, paths, exists: [], contents: false }, options);
  const live = new Map<string, LiveFile>(state.files.map((file) => [file.path, file]));
  const ours = new Set(paths);
  const strays = state.files.flatMap((file) => {
    const targetId = file.server === null ? undefined : targets.get(file.server);
    return targetId === undefined || ours.has(file.path) ? [] : [{ ...file, targetId }];
  });

  const wanted = new Set<string>();
  const want = (targetId: string, { path, fingerprint }: LiveFile) => {
    if (fingerprint.kind === 'file' && known.get(keyOf(targetId, path)) !== digest(fingerprint))
      wanted.add(path);
  };
  for (const { targetId, document } of left) {
    const file = live.get(document.path) ?? absent(document.path);
    if (document.kind === 'lines') {
      const same = isFileWith(file, seenLines.get(keyOf(targetId, document.path)));
      if (!same) wanted.add(document.path);
    } else if (driftState(file, document) === 'changed') want(targetId, file);
  }
  for (const stray of strays) want(stray.targetId, stray);
  if (wanted.size > 0) {
    const request = { servers: [], paths: [...wanted], exists: [], contents: true };
    // What a file is and what it says come from the same moment.
    for (const file of (await readState(transport, request, options)).files) live.set(file.path, file);
  }

  const found = ({ targetId, path, role, siteId }: Owned, state: DriftState): FoundDrift => {
    const file = live.get(path) ?? absent(path);
    const print = digest(file.fingerprint);
    const content = wanted.has(path)
      ? file.content
      : known.get(keyOf(targetId, path)) === print
        ? undefined
        : null;
    return { targetId, path, role, siteId, state, live: file.fingerprint, print, content };
  };
  return [
    ...left.flatMap(({ document, ...owner }) => {
      const { path } = document;
      const key = keyOf(owner.targetId, path);
      const file = live.get(path) ?? absent(path);
      if (document.kind === 'lines' && isFileWith(file, seenLines.get(key))) return [];
      const state = driftState(file, document);
      if (document.kind === 'lines') {
        if (state === null && file.fingerprint.kind === 'file') seenLines.set(key, file.fingerprint.sha256);
        else seenLines.delete(key);
      }
      return state === null ? [] : [found({ ...owner, path }, state)];
    }),
    ...strays.flatMap(({ targetId, path }) => {
      const state = driftState(live.get(path) ?? absent(path), null);
      return state === null ? [] : [found({ targetId, path, role: null, siteId: null }, state)];
    }),
  ];
}

type Owned = Pick<FoundDrift, 'targetId' | 'path' | 'role' | 'siteId'>;

const absent = (path: string): LiveFile => ({ path, fingerprint: { kind: 'absent' }, content: null });
const digest = (fingerprint: LiveFile['fingerprint']) => sha256(printText(fingerprint));
const isFileWith = ({ fingerprint }: LiveFile, digest: string | undefined) =>
  fingerprint.kind === 'file' && fingerprint.sha256 === digest;
