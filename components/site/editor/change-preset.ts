import { type PresetId, presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { isRecord } from './active-branch';
import type { EditorValues } from './editor-values';
import { prefixModeTitles } from './prefix-mode-titles';

export interface PresetChange {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Takes over the defaults of another CI server: whatever still has the old one's default, and what the new one cannot do. What a person
 * typed stays. Answers the new values and what was changed, to be shown.
 */
export function changePreset(
  values: EditorValues,
  next: PresetId,
): { values: EditorValues; changes: PresetChange[] } {
  const old: Preset = presets[values.document.preset as PresetId];
  const preset: Preset = presets[next];
  const changes: PresetChange[] = [];
  const document: Record<string, unknown> = { ...values.document, preset: next };

  const [first, ...otherUpstreams] = Array.isArray(document.upstreams) ? document.upstreams : [];
  if (isRecord(first)) {
    const upstream = { ...first };
    const [server, ...otherServers] = Array.isArray(upstream.servers) ? upstream.servers : [];
    if (isRecord(server) && server.port === old.upstream.port && preset.upstream.port !== old.upstream.port) {
      upstream.servers = [{ ...server, port: preset.upstream.port }, ...otherServers];
      changes.push({
        label: 'Upstream port',
        from: String(old.upstream.port),
        to: String(preset.upstream.port),
      });
    }
    if (upstream.scheme === old.upstream.scheme && preset.upstream.scheme !== old.upstream.scheme) {
      upstream.scheme = preset.upstream.scheme;
      changes.push({ label: 'Upstream scheme', from: old.upstream.scheme, to: preset.upstream.scheme });
    }
    document.upstreams = [upstream, ...otherUpstreams];
  }

  const mode = isRecord(document.prefix) ? document.prefix.mode : 'none';
  const fits =
    preset.prefix.modes.some((each) => each === mode) &&
    !(mode === 'fixed' && old.prefix.fixed !== preset.prefix.fixed);
  if (!fits) {
    const prefix =
      preset.prefix.fixed === undefined ? { mode: 'none' } : { mode: 'fixed', path: preset.prefix.fixed };
    document.prefix = { ...(isRecord(document.prefix) && document.prefix), ...prefix };
    changes.push({
      label: 'Path',
      from: prefixTitle(values.document.prefix),
      to: prefixTitle(document.prefix),
    });
  }
  return { values: { ...values, document }, changes };
}

function prefixTitle(prefix: unknown): string {
  if (!isRecord(prefix)) return '';
  const title = prefixModeTitles[prefix.mode as keyof typeof prefixModeTitles];
  return prefix.mode === 'none' || typeof prefix.path !== 'string' ? title : `${title} ${prefix.path}`;
}
