import type { Metadata } from 'next';
import { NotificationsSettings } from '#components/notify/notifications-settings';

export const metadata: Metadata = { title: 'Notifications' };

export default function Notifications() {
  return <NotificationsSettings />;
}
