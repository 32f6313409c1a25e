import type { Fingerprint } from '../change/file-state';
import type { CertificateRequest, HelperRequest, HostChange } from './protocol';

/** A request as it goes over the line: manifest lines, then the contents of files one after the other. */
export interface EncodedRequest {
  readonly manifest: string;
  readonly contents: readonly Uint8Array[];
}

/** Length of the header line in bytes, newline included: fixed, so that the host never reads too much of it. */
export const headerBytes = 160;

/** `sha256` is that of manifest and contents together; `nonce` comes back in the first event. */
export function encodeHeader(parts: {
  readonly verb: string;
  readonly nonce: string;
  readonly manifestBytes: number;
  readonly totalBytes: number;
  readonly sha256: string;
}): string {
  const line = `gatehouse 1 ${parts.verb} ${parts.nonce} ${parts.manifestBytes} ${parts.totalBytes} ${parts.sha256}`;
  return `${line.padEnd(headerBytes - 1)}\n`;
}

/** A fingerprint as one word. Throws on names that no fingerprint of our own helper can have. */
export function encodeFingerprint(fingerprint: Fingerprint): string {
  switch (fingerprint.kind) {
    case 'file':
      return [
        'file',
        fingerprint.sha256,
        fingerprint.mode.toString(8),
        word(fingerprint.owner),
        word(fingerprint.group),
      ].join(':');
    case 'link':
      return `link:${linkTarget(fingerprint.target)}`;
    default:
      return fingerprint.kind;
  }
}

/** Manifest and contents of a parsed request. */
export function encodeRequest(request: HelperRequest): EncodedRequest {
  const lines: string[] = [];
  const contents: Uint8Array[] = [];
  switch (request.verb) {
    case 'recover':
      break;
    case 'facts':
    case 'inventory':
      lines.push(...request.servers.map((server) => `server ${server}`));
      break;
    case 'state':
      lines.push(...request.servers.map((server) => `server ${server}`));
      lines.push(...request.paths.map((path) => `path ${path}`));
      lines.push(...request.exists.map((path) => `exists ${path}`));
      if (request.contents) lines.push('contents');
      break;
    case 'read':
      lines.push(...request.paths.map((path) => `path ${path}`));
      break;
    case 'apply':
      lines.push(`apply ${request.applyId}`, `holder ${request.holder}`, `hold ${request.holdSeconds}`);
      if (request.startIfStopped) lines.push('start');
      if (request.reload) lines.push('reload');
      if (request.running) lines.push(`running ${request.running}`);
      lines.push(...request.listeners.map((listener) => `listen ${listener.protocol} ${listener.port}`));
      lines.push(
        ...request.asks.map(
          ({ scheme, proxied, port, hostname, question, answer }) =>
            `ask ${scheme} ${proxied ? 'proxied' : 'plain'} ${port} ${hostname} ${question} ${answer}`,
        ),
      );
      lines.push(...changeSet(request, contents));
      break;
    case 'preflight':
      lines.push(...changeSet(request, contents));
      break;
    case 'rekey':
      lines.push(`rekey ${request.act}`, `oldkey ${request.oldKey}`);
      if (request.newKey) lines.push(`newkey ${request.newKey}`);
      break;
    case 'certkey':
    case 'certchain':
      lines.push(
        `server ${request.server}`,
        `generation ${request.directory} ${request.generation}`,
        `names ${request.hostnames.join(',')}`,
      );
      if (request.verb === 'certkey') lines.push(`keytype ${request.keyType}`);
      else contents.push(new TextEncoder().encode(request.chain));
      break;
    case 'pairs':
      lines.push(
        `server ${request.server}`,
        ...request.pairs.map(
          ({ certificatePath, keyPath, port, hostnames }) =>
            `pair ${certificatePath} ${keyPath} ${port} ${hostnames.join(',')}`,
        ),
      );
      break;
    case 'challenge':
      lines.push(...request.tokens.map(({ token, answer }) => `token ${token} ${answer ?? '-'}`));
      break;
    case 'hold':
      lines.push(`apply ${request.applyId}`, `hold ${request.holdSeconds}`);
      break;
    default:
      lines.push(`apply ${request.applyId}`);
  }
  return { manifest: lines.map((line) => `${line}\n`).join(''), contents };
}

function changeSet(
  request: {
    readonly server: string;
    readonly changes: readonly HostChange[];
    readonly certificates: readonly CertificateRequest[];
  },
  contents: Uint8Array[],
): string[] {
  let offset = 0;
  const encoder = new TextEncoder();
  const changes = request.changes.flatMap((change): string | string[] => {
    const before = encodeFingerprint(change.before);
    const base = handOverLines(change);
    if (change.action === 'noop') return `keep ${change.path} ${change.role} ${before}`;
    switch (change.after.kind) {
      case 'absent':
        return `del ${change.path} ${change.role} ${before}`;
      case 'link':
        return [...base, `link ${change.path} ${linkTarget(change.after.target)} ${change.role} ${before}`];
      default: {
        const bytes = encoder.encode(change.after.content);
        const at = offset;
        offset += bytes.length;
        contents.push(bytes);
        const { mode, sha256 } = change.after;
        return [
          ...base,
          `put ${change.path} ${mode.toString(8)} ${at} ${bytes.length} ${sha256} ${change.role} ${before}`,
        ];
      }
    }
  });
  const certificates = request.certificates.map(({ kind, certificatePath, keyPath, hostnames }) =>
    kind === 'acme'
      ? `acme ${certificatePath.replace(/\/current\/chain\.pem$/, '')} ${hostnames.join(',')}`
      : `cert ${certificatePath} ${keyPath} ${hostnames.join(',')}`,
  );
  return [`server ${request.server}`, ...changes, ...certificates];
}

/** What the text of somebody else's file is to be made of: what is there without these bytes, or the copy that an apply left. */
function handOverLines({ path, handOver }: HostChange): string[] {
  if (handOver?.act === 'bring') return [`kept ${path} ${handOver.applyId}`];
  if (!handOver || handOver.ranges.length === 0) return [];
  return [`cut ${path} ${handOver.ranges.map(({ start, length }) => `${start}:${length}`).join(',')}`];
}

function word(text: string): string {
  if (!/^[A-Za-z0-9._-]+$/.test(text)) throw new RangeError('owner or group is not a plain name');
  return text;
}

function linkTarget(text: string): string {
  if (!/^[A-Za-z0-9._@+/-]+$/.test(text))
    throw new RangeError('link target holds characters that we never write');
  return text;
}
