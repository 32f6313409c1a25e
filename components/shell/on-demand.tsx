'use client';
import { type ComponentType, lazy, type ReactNode, Suspense, useMemo, useState } from 'react';

interface Props<P> {
  /** Loads the menu; begins when the pointer or the focus comes near. */
  load: () => Promise<ComponentType<P & { defaultOpen: boolean; trigger: ReactNode }>>;
  props: P;
  /** Looks and name of the button, the same before and after. */
  className: string;
  children: ReactNode;
}

/** A menu whose code is loaded when somebody is about to open it. Until then it is a button that looks the same. */
export function OnDemandMenu<P extends object>({ load, props, className, children }: Props<P>) {
  const [opened, setOpened] = useState(false);
  const Menu = useMemo(() => lazy(async () => ({ default: await load() })), [load]);
  const button = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={opened ? undefined : false}
      className={className}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      {...(!opened && {
        onClick: () => setOpened(true),
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpened(true);
        },
      })}
    >
      {children}
    </button>
  );
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <Menu {...props} defaultOpen trigger={button} />
    </Suspense>
  );
}
