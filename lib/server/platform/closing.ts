import 'server-only';
import { singleton } from './singleton';

const controller = () => singleton('closing', () => new AbortController());

/** Aborted when this process is asked to stop: whatever would go on forever ends itself. */
export const closing = (): AbortSignal => controller().signal;

/** Says so, once. */
export const beginClosing = (): void => controller().abort();
