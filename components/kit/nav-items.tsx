import { Activity, FileDiff, Globe, List, Rocket, Server, Settings, ShieldCheck } from 'lucide-react';

/** The main navigation, in order. `key` is pressed after `g`. */
export const navItems = [
  { path: 'sites', label: 'Sites', icon: Globe, key: 's' },
  { path: 'lists', label: 'Lists', icon: List, key: 'l' },
  { path: 'hosts', label: 'Hosts', icon: Server, key: 'h' },
  { path: 'applies', label: 'Applies', icon: Rocket, key: 'a' },
  { path: 'drift', label: 'Drift', icon: FileDiff, key: 'd' },
  { path: 'certificates', label: 'Certificates', icon: ShieldCheck, key: 'c' },
  { path: 'activity', label: 'Activity', icon: Activity, key: 'y' },
  { path: 'settings', label: 'Settings', icon: Settings, key: 'e' },
] as const;
