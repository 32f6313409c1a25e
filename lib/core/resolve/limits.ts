import type { Preset } from '../presets/preset';
import type { Decided, LineOrigin } from '../site/origin';
import type { Limits, Site, TrafficClass } from '../site/schema';
import { byField, byRule, derived, fieldOrigin } from './decide';
import type { ProxyAction } from './resolved';

type LimitName = keyof Limits;

const defaults: Readonly<Record<LimitName, Decided<number>>> = {
  bodySizeMib: byRule(16, 'default: bodies up to 16 MiB'),
  connectTimeoutSeconds: byRule(10, 'default: an upstream that does not accept within 10 s is down'),
  readTimeoutSeconds: byRule(60, 'default: 60 s'),
  sendTimeoutSeconds: byRule(60, 'default: 60 s'),
};

const siteOrigins: Readonly<Record<LimitName, LineOrigin>> = {
  bodySizeMib: fieldOrigin('limits', 'bodySizeMib'),
  connectTimeoutSeconds: fieldOrigin('limits', 'connectTimeoutSeconds'),
  readTimeoutSeconds: fieldOrigin('limits', 'readTimeoutSeconds'),
  sendTimeoutSeconds: fieldOrigin('limits', 'sendTimeoutSeconds'),
};

/** Least values that a kind of traffic needs; a larger value of the site stays. */
const leastByClass: Readonly<Partial<Record<TrafficClass, Readonly<Limits>>>> = {
  ws: { readTimeoutSeconds: 3600, sendTimeoutSeconds: 3600 },
  sse: { readTimeoutSeconds: 3600 },
  grpc: { readTimeoutSeconds: 3600, sendTimeoutSeconds: 3600 },
  upload: { readTimeoutSeconds: 300, sendTimeoutSeconds: 300 },
  download: { readTimeoutSeconds: 300 },
};

/** What a location itself says, by field of the document or fact of the preset. */
export interface OwnLimits {
  readonly limits: Limits;
  readonly origin: LineOrigin;
  /** The limits are fields of the document below `origin.path`. */
  readonly fromDocument: boolean;
}

/** The limits that hold for a whole site, and the field that holds them. */
interface WholeSite {
  readonly site: Pick<Site, 'limits'>;
  readonly path: readonly (string | number)[];
}

/** Finds a limit: location, then site, then preset, then default; times are raised to what the class needs unless the location says otherwise. */
export function decideLimit(
  name: LimitName,
  whole: WholeSite,
  preset: Preset,
  own: OwnLimits,
  kind: TrafficClass,
): Decided<number> {
  const ownValue = own.limits[name];
  if (ownValue !== undefined) {
    return own.fromDocument && own.origin.path
      ? byField(ownValue, [...own.origin.path, 'limits', name])
      : { value: ownValue, origin: own.origin };
  }
  const general = siteLimit(name, whole, preset);
  // gRPC streams have no total size.
  if (kind === 'grpc' && name === 'bodySizeMib')
    return derived(0, own.origin, 'gRPC: streams have no total size');
  const least = leastByClass[kind]?.[name];
  if (least === undefined || general.value >= least) return general;
  return derived(least, own.origin, `class ${kind}: at least ${least} s`);
}

function siteLimit(name: LimitName, { site, path }: WholeSite, preset: Preset): Decided<number> {
  const value = site.limits[name];
  if (value !== undefined) {
    return path.length === 0
      ? { value, origin: siteOrigins[name] }
      : byField(value, [...path, 'limits', name]);
  }
  const fact = preset.limits[name];
  return fact ? byRule(fact.value, fact.why) : defaults[name];
}

const spooled = byRule(true, 'default');

/** What a location itself says about buffering. */
export interface Buffers {
  readonly responseBuffering?: boolean | undefined;
  readonly requestBuffering?: boolean | undefined;
}

type Buffering = Pick<ProxyAction, 'responseBuffering' | 'requestBuffering' | 'spoolToDisk'>;

const onByDefault = byRule(true, 'default: slow clients must not hold the upstream');

/** Buffering in both directions, from the location or its class. */
export function decideBuffering(
  preset: Preset,
  own: Buffers,
  origin: LineOrigin,
  fromDocument: boolean,
  kind: TrafficClass,
): Buffering {
  const streams = kind === 'ws' || kind === 'sse' || kind === 'grpc';
  const decide = (name: 'responseBuffering' | 'requestBuffering', classSays: boolean): Decided<boolean> => {
    const value = own[name];
    if (value !== undefined) {
      return fromDocument && origin.path ? byField(value, [...origin.path, name]) : { value, origin };
    }
    return classSays ? onByDefault : derived(false, origin, `class ${kind}: nothing is held back`);
  };
  return {
    responseBuffering: decide('responseBuffering', !streams),
    requestBuffering: decide('requestBuffering', kind !== 'upload' && kind !== 'grpc'),
    spoolToDisk:
      kind === 'download'
        ? derived(false, origin, 'class download: no temporary file of limited size')
        : preset.spoolToDisk
          ? byRule(preset.spoolToDisk.value, preset.spoolToDisk.why)
          : spooled,
  };
}
