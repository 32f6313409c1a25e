import { fileURLToPath } from 'node:url';

/** Absolute path of a script or template that lies beside this module. */
export function labFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
