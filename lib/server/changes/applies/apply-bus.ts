import 'server-only';
import { EventEmitter } from 'node:events';
import { singleton } from '../../platform/singleton';

const bus = () => singleton('applies.bus', () => new EventEmitter().setMaxListeners(0));

/** Tells everybody who follows an apply that its rows have changed. The database is the truth; this only says when to look. */
export function applyChanged(applyId: string): void {
  bus().emit(applyId);
}

/** Calls back at every change until the returned function is called. */
export function onApplyChanged(applyId: string, listener: () => void): () => void {
  bus().on(applyId, listener);
  return () => bus().off(applyId, listener);
}
