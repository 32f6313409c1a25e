import { run } from '#lab/run';

/** One host's place in a lab's network. The gateway is this machine. */
export interface Wire {
  /** Name of the network namespace; `ip netns exec <namespace> …` reaches it from outside. */
  namespace: string;
  address: string;
  gateway: string;
  plug(): Promise<void>;
  /** Frames are dropped both ways and nobody is told: no reset, no "unreachable", no lost carrier. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Removes the namespace with every socket in it; nothing may still run in it. */
  unplug(): Promise<void>;
}

/** Interface and address names of host number `index` (from 0) in a lab. */
export function wireFor(lab: number, index: number, name: string): Wire {
  const bridge = `ghlab${lab}`;
  const namespace = `${bridge}-${name}`;
  const port = `ghl${lab}p${index}`;
  const gateway = `10.203.${lab}.1`;
  const last = 10 + index;
  const address = `10.203.${lab}.${last}`;
  const hex = (byte: number) => byte.toString(16).padStart(2, '0');
  const mac = (byte: number) => `02:67:68:${hex(lab)}:00:${hex(byte)}`;
  const ip = (commands: string[]) => run(['ip', '-batch', '-'], { stdin: commands.join('\n') });
  const setState = (state: 'disabled' | 'forwarding') =>
    run(['bridge', 'link', 'set', 'dev', port, 'state', state]);
  return {
    namespace,
    address,
    gateway,
    async plug() {
      await run(['ip', 'netns', 'add', namespace]);
      await ip([
        `link add ${port} type veth peer name eth0 address ${mac(last)} netns ${namespace}`,
        `link set ${port} master ${bridge} up`,
        // Known forever: with the link cut, address resolution would fail and tell the sender at once.
        `neigh replace ${address} lladdr ${mac(last)} dev ${bridge} nud permanent`,
      ]);
      await run(['ip', '-n', namespace, '-batch', '-'], {
        stdin: [
          'link set lo up',
          'link set eth0 up',
          `addr add ${address}/24 dev eth0`,
          `neigh replace ${gateway} lladdr ${mac(1)} dev eth0 nud permanent`,
          `route add default via ${gateway}`,
        ].join('\n'),
      });
    },
    async cut() {
      await setState('disabled');
    },
    async restore() {
      await setState('forwarding');
    },
    async unplug() {
      // The kernel frees a namespace at its leisure; the port's name must be free at once.
      await run(['ip', 'link', 'del', port]);
      await run(['ip', 'netns', 'del', namespace]);
    },
  };
}
