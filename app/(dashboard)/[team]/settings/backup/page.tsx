import type { Metadata } from 'next';
import { BackupSettings } from '#components/team/backup-settings';

export const metadata: Metadata = { title: 'Backup' };

export default function Backup() {
  return <BackupSettings />;
}
