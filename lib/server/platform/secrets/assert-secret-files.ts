import 'server-only';
import { env } from '../env';
import { readSecretFile } from './read-secret-file';

/** Reads every file of a secret that the settings name, so that a missing or open one is told at the start. Throws what `readSecretFile` does. */
export function assertSecretFiles(): void {
  const { mail, metricsTokenFile } = env();
  if (mail?.password && 'file' in mail.password) readSecretFile(mail.password.file);
  if (metricsTokenFile !== null) readSecretFile(metricsTokenFile);
}
