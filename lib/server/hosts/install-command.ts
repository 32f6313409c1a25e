import 'server-only';

const installers: [RegExp, string][] = [
  [/debian|ubuntu|raspbian|mint/, 'apt-get install -y'],
  [/rhel|fedora|centos|rocky|alma|oracle|amzn/, 'dnf install -y'],
  [/alpine/, 'apk add'],
  [/arch|manjaro/, 'pacman -S'],
  [/suse/, 'zypper install -y'],
  [/freebsd/, 'pkg install -y'],
];

/** `apt-get install -y nginx`, in the words of the host's distribution. */
export function installCommand(distribution: string, packages: readonly string[]): string[] {
  const installer = installers.find(([pattern]) => pattern.test(distribution.toLowerCase()))?.[1];
  const names = packages.filter((name) => /^[a-z0-9][a-z0-9+.-]*$/.test(name));
  return installer && names.length > 0 ? [`${installer} ${names.join(' ')}`] : [];
}
