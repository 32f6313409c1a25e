'use client';
import { type ReactNode, Suspense, useState } from 'react';

interface Props {
  /** Loads the menu's code; called when the pointer or the focus comes near. */
  preload: () => Promise<unknown>;
  /** The menu around its trigger, opened from the start; may suspend. */
  menu: (trigger: ReactNode) => ReactNode;
  /** Looks and name of the button, the same before and after. */
  className: string;
  children: ReactNode;
}

/** A menu whose code is loaded when somebody is about to open it. Until then it is a button that looks the same. */
export function OnDemandMenu({ preload, menu, className, children }: Props) {
  const [opened, setOpened] = useState(false);
  if (opened) {
    const trigger = (
      <button type="button" className={className}>
        {children}
      </button>
    );
    return <Suspense fallback={trigger}>{menu(trigger)}</Suspense>;
  }
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      className={className}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setOpened(true)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        setOpened(true);
      }}
    >
      {children}
    </button>
  );
}
