import { z } from 'zod';
import type { Issue } from '../issue';
import type { ResolvedSite } from '../resolve/resolved';
import type { LineOrigin } from '../site/origin';
import type { LayoutId, RenderTarget, ServerKind } from '../web-server/render-target';
import type { Vocabulary } from './vocabulary';

export type { LineOrigin } from '../site/origin';

export interface RenderedText {
  readonly kind: 'file';
  /** Absolute path on the host. */
  readonly path: string;
  readonly role: 'site' | 'shared';
  /** Name of the site it belongs to, `null` for shared files. */
  readonly site: string | null;
  /** Text with LF line ends and a final newline. */
  readonly content: string;
  /** Unix permission bits. Owner is always root. */
  readonly mode: number;
  /** One entry per line of `content`. */
  readonly lines: readonly LineOrigin[];
}

/** A symbolic link that switches a file on (Debian's sites-enabled). */
export interface RenderedLink {
  readonly kind: 'link';
  readonly path: string;
  readonly role: 'enable';
  /** Name of the site it belongs to, `null` for shared files. */
  readonly site: string | null;
  readonly target: string;
}

export type RenderedFile = RenderedText | RenderedLink;

/**
 * A pair to be made on the host. `self-signed`: it is left alone when it exists, covers the names and does not end soon. `acme`: it is a placeholder until a
 * certificate is issued, and is made only where none is there.
 */
export interface MadeCertificate {
  readonly site: string;
  readonly kind: 'self-signed' | 'acme';
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly hostnames: readonly string[];
}

/**
 * A block of a rendered file, and how it shows that it is the one that answers: https or http on `port` for each of its names, the path of
 * `question` is answered with `answer`.
 */
export const BlockIdentity = z.object({
  site: z.string(),
  hostnames: z.array(z.string()),
  port: z.int(),
  secure: z.boolean(),
  /** The web server fetches its certificate by itself, which may take a while. */
  awaited: z.boolean(),
  /** Connections have to begin with a PROXY header. */
  proxyProtocol: z.boolean(),
  question: z.string(),
  answer: z.string(),
});
export type BlockIdentity = z.infer<typeof BlockIdentity>;

/** A socket the server must be listening on once the files are live. */
export interface Listener {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** A small edit of a file that is not ours, always shown in the plan: the `import` line of a Caddyfile. */
export interface IncludeLine {
  readonly path: string;
  /** The exact line that must be present, without its line end. */
  readonly line: string;
}

/** Things several sites of one target share; merged and rendered once. */
export interface SharedNeeds {
  readonly upgradeMap: boolean;
  readonly logFormats: readonly ('timing' | 'json' | 'masked')[];
  /** Ports that need a `Listen` of their own (Apache, non-default). */
  readonly extraPorts: readonly number[];
  /** Addresses that answer over HTTP/3 (`443`, `[::]:443`), where these sockets need options of their own (nginx). */
  readonly quicSockets?: readonly string[];
}

export interface SiteRendering {
  readonly files: readonly RenderedFile[];
  readonly shared: SharedNeeds;
  readonly certificates: readonly MadeCertificate[];
  readonly listeners: readonly Listener[];
  /** Every block that answers by name. */
  readonly identities: readonly BlockIdentity[];
  readonly modules: readonly string[];
  /** Whatever the server cannot do or does differently, at the field that asked for it. */
  readonly issues: readonly Issue[];
}

export interface Rendering extends Omit<SiteRendering, 'shared'> {
  readonly includes: readonly IncludeLine[];
}

/** A finding in the web server's own output. */
export interface ToolFinding {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Absolute path and 1-based line, when the tool names them. */
  readonly path: string | null;
  readonly line: number | null;
}

/** One web server, whole: everything the rest of the product needs to know about it. */
export interface WebServer {
  readonly kind: ServerKind;
  readonly title: string;
  /** Files of one site. Total: what this server cannot do becomes an issue at the field that asked for it, never silently a weaker config. */
  renderSite(site: ResolvedSite, target: RenderTarget): SiteRendering;
  /** Files and include lines that all sites of a target share. */
  renderShared(
    needs: SharedNeeds,
    target: RenderTarget,
  ): { files: readonly RenderedText[]; includes: readonly IncludeLine[] };
  /** Glob patterns (absolute, `*` within one name) of the paths that belong to us. */
  managedPaths(layout: LayoutId): readonly string[];
  /** Every directive that a file of ours may have; the host refuses all others. */
  readonly vocabulary: Vocabulary;
  /** Reads the output of the server's own config test. Output is hostile text: control characters are stripped, length is capped. */
  parseOutput(text: string): readonly ToolFinding[];
}
