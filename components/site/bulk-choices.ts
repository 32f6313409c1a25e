export interface BulkChoice {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  /** Values to choose from; a text where absent. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** The edit that a chosen value means, unchecked. */
  set(value: string): unknown;
}

const preset = 'as the preset says';
const numberOrNull = (value: string) => (value.trim() === preset ? null : Number(value));
const limit = (name: string, label: string, unit: string): BulkChoice => ({
  id: name,
  label: `${label}, ${unit}`,
  hint: `A number, or “${preset}”.`,
  set: (value) => ({ limits: { [name]: numberOrNull(value) } }),
});
const onOff = (name: string, label: string): BulkChoice => ({
  id: name,
  label,
  options: [
    { value: 'on', label: 'On' },
    { value: 'off', label: 'Off' },
  ],
  set: (value) => (value === '' ? {} : { [name]: value === 'on' }),
});

/** Fields that many sites are given at once. */
export const bulkChoices: readonly BulkChoice[] = [
  limit('bodySizeMib', 'Largest request body', 'MiB'),
  limit('readTimeoutSeconds', 'Read timeout', 'seconds'),
  limit('sendTimeoutSeconds', 'Send timeout', 'seconds'),
  limit('connectTimeoutSeconds', 'Connect timeout', 'seconds'),
  {
    id: 'tlsProfile',
    label: 'TLS profile',
    options: [
      { value: 'intermediate', label: 'Intermediate' },
      { value: 'modern', label: 'Modern' },
    ],
    set: (value) => ({ tlsProfile: value }),
  },
  {
    id: 'hsts',
    label: 'HSTS, seconds',
    hint: 'A number, or “off”.',
    set: (value) => ({ hsts: value.trim() === 'off' ? null : { maxAgeSeconds: Number(value) } }),
  },
  onOff('http2', 'HTTP/2'),
  onOff('http3', 'HTTP/3'),
  onOff('ipv6', 'IPv6'),
  {
    id: 'redirectStatus',
    label: 'Status of the redirect to https',
    options: [
      { value: '308', label: '308' },
      { value: '301', label: '301' },
    ],
    set: (value) => ({ redirectStatus: Number(value) }),
  },
  {
    id: 'trustedProxies',
    label: 'Trusted proxies',
    hint: 'Addresses separated by spaces, or “none”.',
    set: (value) => ({
      trustedProxies:
        value.trim() === 'none'
          ? []
          : value
              .trim()
              .split(/[\s,]+/)
              .filter(Boolean),
    }),
  },
];
