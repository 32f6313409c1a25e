'use client';
import { useRef } from 'react';
import type { ConfirmProps } from './confirm-box';
import { later } from './lazy-component';

const ConfirmBox = later(() => import('./confirm-box').then((module) => module.ConfirmBox));

/**
 * Asks before something that is not easily undone. It stays open until its caller closes it, so that an error is seen. Its script is loaded when it
 * is first opened, and it stays to fade out.
 */
export function ConfirmDialog({ open = true, ...props }: ConfirmProps) {
  const wanted = useRef(open);
  wanted.current ||= open;
  return wanted.current && <ConfirmBox open={open} {...props} />;
}
