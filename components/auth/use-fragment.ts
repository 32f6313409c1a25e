import { useEffect, useState } from 'react';

const keptAs = 'gatehouse.link';

/** Keeps a one-time link in this tab while its bearer signs in: in an address it would reach the server's log. */
export function keepFragment(fragment: string): void {
  sessionStorage.setItem(keptAs, fragment);
}

/** The part after the # of the address, or the one kept from before; `null` until the page runs. Browsers never send it to a server. */
export function useFragment(): string | null {
  const [fragment, setFragment] = useState<string | null>(null);
  // A new link pasted into the same tab changes only the fragment.
  useEffect(() => {
    const read = () => {
      setFragment(window.location.hash.replace(/^#/, '') || (sessionStorage.getItem(keptAs) ?? ''));
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return fragment;
}
