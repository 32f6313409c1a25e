import 'server-only';
import { startNotifications } from '../../../messages/notify-jobs';

// A process of its own that sends what waits, as the dashboard does, until somebody kills it.
startNotifications();
setInterval(() => undefined, 60_000);
