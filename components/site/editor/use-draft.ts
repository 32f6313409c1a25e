import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { draftStore } from './draft';
import type { EditorValues } from './editor-values';
import { sameValues, textOfValues } from './same-values';

interface Options {
  store: ReturnType<typeof draftStore>;
  values: EditorValues;
  saved: EditorValues;
  head: number | null;
}

const quietMs = 400;

/** Keeps what is typed as a draft, and says whether there is anything unsaved and whether it is kept. */
export function useDraft({ store, values, saved, head }: Options): { dirty: boolean; kept: boolean } {
  const [kept, setKept] = useState(true);
  const [dirty, setDirty] = useState(() => !sameValues(values, saved));
  const latest = useRef({ values, saved, head, store });
  latest.current = { values, saved, head, store };

  // Comparing can wait for the frame after the keystroke's.
  const settled = useDeferredValue(values);
  const savedText = useMemo(() => textOfValues(saved), [saved]);
  useEffect(() => {
    const unsaved = textOfValues(settled) !== savedText;
    setDirty(unsaved);
    const timer = setTimeout(() => {
      if (unsaved) setKept(store.save({ values: settled, head, at: new Date().toISOString() }));
      else store.remove();
    }, quietMs);
    return () => clearTimeout(timer);
  }, [store, settled, savedText, head]);

  // Leaving sooner than the timer loses nothing either.
  useEffect(() => {
    const flush = () => {
      const { values, saved, head, store } = latest.current;
      if (!sameValues(values, saved)) store.save({ values, head, at: new Date().toISOString() });
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, []);

  return { dirty, kept };
}
