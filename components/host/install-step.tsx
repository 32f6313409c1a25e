'use client';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { Host } from '#api/contract/hosts';
import { CodeBlock } from '#components/kit/code-block';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Segmented } from '../diff/segmented';
import {
  installKeyAsRootCommand,
  installKeyCommand,
  installKeyOverSshCommand,
  sudoersCommand,
} from './authorized-key';
import { BootstrapScript } from './bootstrap-script';
import { setupHref } from './setup-href';
import { WizardActions, WizardFrame } from './wizard-frame';

const ways = ['account', 'root', 'ssh', 'line'] as const;

/** Fourth step: the machine has to know the dashboard's key. */
export function InstallStep({ host }: { host: Host }) {
  const team = useTeam();
  const [way, setWay] = useQueryState('way', parseAsStringLiteral(ways).withDefault('account'));
  const key = host.publicKey ?? '';
  const commands = {
    account: [`On the machine, signed in as ${host.user}:`, installKeyCommand(key)],
    root: ['On the machine, as root:', installKeyAsRootCommand(key, host.user)],
    ssh: [
      'On a computer that can sign in there already:',
      installKeyOverSshCommand(key, host.user, host.address, host.port),
    ],
    line: [`The line for the authorized_keys of ${host.user}:`, key.trim()],
  } as const;
  const [where, command] = commands[way];
  if (host.access === 'enrolled') {
    return (
      <WizardFrame
        step="install"
        title="Run the bootstrap script"
        hrefOf={(step) => (step === 'fingerprint' ? setupHref(team.slug, host.id, step) : null)}
      >
        <p className="text-muted-foreground text-sm">
          Read it, then run it once as root on {host.address}. Afterwards the dashboard’s key can do nothing
          there but run the helper; the checks try whether that is so.
        </p>
        <BootstrapScript host={host} publicKey={key} />
        <InstallActions host={host} done="The script has run: run the checks" />
      </WizardFrame>
    );
  }
  return (
    <WizardFrame
      step="install"
      title="Let the dashboard in"
      hrefOf={(step) => (step === 'fingerprint' ? setupHref(team.slug, host.id, step) : null)}
    >
      <p className="text-muted-foreground text-sm">
        Put the public key into the account{' '}
        <strong className="font-medium text-foreground">{host.user}</strong> on {host.address}. One line, run
        once.
      </p>
      <Segmented
        label="Where to run it"
        value={way}
        onValue={(value) => void setWay(value)}
        options={[
          { value: 'account', title: `As ${host.user}` },
          ...(host.user === 'root' ? [] : [{ value: 'root' as const, title: 'As root' }]),
          { value: 'ssh', title: 'From my computer' },
          { value: 'line', title: 'Key only' },
        ]}
      />
      <div className="flex flex-col gap-1.5">
        <p className="text-sm">{where}</p>
        <CodeBlock
          code={command}
          label={way === 'line' ? 'public key' : 'command that installs the key'}
          wrap
        />
      </div>
      <section
        aria-label="What the account may do"
        className="rounded-md border bg-muted/40 px-3 py-2.5 text-sm"
      >
        <h3 className="font-medium">What this key may do</h3>
        {host.user === 'root' ? (
          <p className="text-muted-foreground">
            It signs in as root, so it may do everything on that machine. The dashboard uses it for one fixed
            script: read and test the configuration, write its own files, reload the web server, undo.
          </p>
        ) : (
          <>
            <p className="text-muted-foreground">
              It signs in as {host.user} and needs sudo without a password for one fixed script: read and test
              the configuration, write its own files, reload the web server, undo. Where sudo still asks for a
              password, root allows it with:
            </p>
            <CodeBlock
              code={sudoersCommand(host.user)}
              label="command that allows sudo"
              wrap
              className="mt-2"
            />
          </>
        )}
      </section>
      <InstallActions host={host} done="The key is installed: run the checks" />
    </WizardFrame>
  );
}

function InstallActions({ host, done }: { host: Host; done: string }) {
  const team = useTeam();
  return (
    <WizardActions>
      <Button asChild>
        <Link href={setupHref(team.slug, host.id, 'checks')}>
          {done}
          <ArrowRight />
        </Link>
      </Button>
      <Button asChild variant="ghost">
        <Link href={`/${team.slug}/hosts/${host.id}`}>Later</Link>
      </Button>
    </WizardActions>
  );
}
