import { useWatch } from 'react-hook-form';
import { isRecord } from './active-branch';
import type { EditorValues } from './editor-values';

/** Names of the upstreams that have one. Typing elsewhere in an upstream does not disturb who asks. */
export function useUpstreamNames(): readonly string[] {
  return useWatch({
    compute: ({ document }: EditorValues) =>
      (Array.isArray(document.upstreams) ? document.upstreams : []).flatMap((each) =>
        isRecord(each) && typeof each.name === 'string' && each.name !== '' ? [each.name] : [],
      ),
  });
}
