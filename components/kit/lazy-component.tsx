import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';

const Nothing = () => null;

/**
 * A component whose script is fetched when it is first shown. With a place of its own to wait in: without one the whole page
 * around it would be hidden meanwhile.
 */
export function later<Props>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType = Nothing,
): ComponentType<Props> {
  return dynamic(load, { loading: () => <Waiting /> });
}
