import type { Metadata } from 'next';
import { BackupSettings } from '#components/settings/backup-settings';

export const metadata: Metadata = { title: 'Backup' };

export default function Backup() {
  return <BackupSettings />;
}
