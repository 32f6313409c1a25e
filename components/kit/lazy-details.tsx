'use client';
import { type ReactNode, useState } from 'react';

interface Props {
  summary: ReactNode;
  summaryClassName: string;
  className: string;
  children: ReactNode;
}

/** A disclosure whose content is made when it is first opened: forty closed path rules must not cost forty forms. */
export function LazyDetails({ summary, summaryClassName, className, children }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <details className={className} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary className={summaryClassName}>{summary}</summary>
      {opened && children}
    </details>
  );
}
