import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSshKey, labAvailable } from '#lab/index';
import { createConnectionPool } from '#server/hosts/ssh/connection-pool';
import type { Transport } from '#server/hosts/ssh/transport';
import { TransportError } from '#server/platform/errors/transport-error';
import { bootstrapScript, enrolledUser } from './bootstrap-script';
import { applyOnHost } from './host';
import { certificateRequestOnHost, putChainOnHost, putChallengesOnHost } from './host-certificates';
import { absent, applyRequest, type HelperHost, startHelperHost } from './testing/helper-host';

const available = labAvailable();
const directory = '/etc/gatehouse/tls/acme/nginx/ci';
const generation = '20261201-aaaaaaaaaaaa';
const place = { server: 'nginx', directory, generation } as const;
const hostnames = ['a.test', 'b.test'];

describe.skipIf(available !== true)(
  `keys and chains of certificates on a host whose key is locked down${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    let transport: Transport;
    const pool = createConnectionPool();

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'], sudo: 'none' });
      const key = await createSshKey();
      await at.host.exec('sh', { stdin: bootstrapScript(key.publicKey) });
      const account = 'enrolled' as const;
      transport = pool.transport({ ...at.target, user: enrolledUser, privateKey: key.privateKey, account });
    });
    afterAll(async () => {
      await pool.close();
      await at?.stop();
    });

    const refusal = async (work: Promise<unknown>): Promise<string> => {
      const error = await work.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      return error instanceof TransportError
        ? String(error.detail.code ?? error.code)
        : `not refused: ${error}`;
    };

    /** Signs the host's request, or another one, on the host itself: root, intermediate, certificate. */
    const chain = async (names: string, days: number, key = `${directory}/${generation}/key.pem`) => {
      const script = `
        set -e; cd "$(mktemp -d)"
        openssl ecparam -name prime256v1 -genkey -noout -out other.pem
        for ca in root mid; do openssl ecparam -name prime256v1 -genkey -noout -out $ca.key; done
        openssl req -x509 -new -key root.key -subj /CN=root -days 30 -out root.pem
        openssl req -new -key mid.key -subj /CN=mid -out mid.csr
        printf 'basicConstraints=critical,CA:TRUE\\n' >mid.ext
        openssl x509 -req -in mid.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -extfile mid.ext -out mid.pem 2>/dev/null
        key=$1; [ "$key" != other ] || key=other.pem
        openssl req -new -key "$key" -subj /CN=a.test -out leaf.csr
        printf 'subjectAltName=%s\\n' "$2" >leaf.ext
        openssl x509 -req -in leaf.csr -CA mid.pem -CAkey mid.key -CAcreateserial -days "$3" -extfile leaf.ext -out leaf.pem 2>/dev/null
        cat leaf.pem mid.pem`;
      const { stdout } = await at.host.exec(['sh', '-c', script, 'sh', key, names, String(days)]);
      return stdout;
    };
    const both = 'DNS:a.test,DNS:b.test';

    it('makes a key once, tells its request, and shows nobody the key', async () => {
      const ask = () => certificateRequestOnHost(transport, { ...place, keyType: 'ecdsa', hostnames });
      const csr = await ask();
      expect(await ask()).toBe(csr);
      const { stdout } = await at.host.exec(['stat', '-c', '%a %U %G', `${directory}/${generation}/key.pem`]);
      expect(stdout.trim()).toBe('600 root root');
      const text = await at.host.exec('openssl req -inform DER -noout -text -verify 2>&1', {
        stdin: Buffer.from(csr, 'base64url'),
      });
      expect(text.stdout).toContain('DNS:a.test, DNS:b.test');
      expect(text.stdout).toContain('verify OK');
    });

    it('refuses a chain that does not fit, by name, and keeps none of it', async () => {
      const put = (text: string) => refusal(putChainOnHost(transport, { ...place, hostnames, chain: text }));
      const good = await chain(both, 10);
      const [leaf = '', mid = ''] = good.split(/(?<=-----END CERTIFICATE-----\n)/);
      const [other = ''] = (await chain(both, 10, 'other')).split(/(?<=-----END CERTIFICATE-----\n)/);
      expect({
        html: await put('<h1>Sorry</h1>'),
        leafAlone: await put(leaf),
        anotherKey: await put(other + mid),
        aName: await put(await chain('DNS:a.test', 10)),
        turned: await put(mid + leaf),
        anotherIssuer: await put(leaf + other),
        key: await put(`${good}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`),
      }).toEqual({
        html: 'chain-unreadable',
        leafAlone: 'chain-incomplete',
        anotherKey: 'chain-not-of-key',
        aName: 'chain-lacks-names',
        turned: 'chain-not-of-key',
        anotherIssuer: 'chain-out-of-order',
        key: 'chain-holds-key',
      });
      const { stdout } = await at.host.exec(['ls', `${directory}/${generation}`]);
      expect(stdout).not.toContain('chain.pem');
    });

    it('serves no generation without a chain, and nothing outside of its own directory', async () => {
      const link = (path: string, target: string) =>
        applyRequest('nginx', [
          { path, action: 'create', before: absent, after: { kind: 'link', target }, role: 'enable' },
        ]);
      const answers = [
        await applyOnHost(transport, link(`${directory}/current`, generation)),
        await applyOnHost(transport, link(`${directory}/current`, '../../../../ssh')),
        await applyOnHost(transport, link(`${directory}/other`, generation)),
      ];
      expect(answers.map(({ outcome, errors }) => `${outcome} ${errors[0]?.code}`)).toEqual(
        Array(3).fill('refused path-not-allowed'),
      );
      const elsewhere = {
        ...place,
        directory: '/etc/gatehouse/tls/acme/caddy/ci',
        keyType: 'ecdsa' as const,
      };
      expect(await refusal(certificateRequestOnHost(transport, { ...elsewhere, hostnames }))).toBe(
        'path-not-allowed',
      );
    });

    it('takes the chain that fits, and puts challenges where the web server finds them', async () => {
      await putChainOnHost(transport, { ...place, hostnames, chain: await chain(both, 10) });
      const token = 'abcdefghijklmnop_-1';
      const file = `/var/lib/gatehouse-acme/.well-known/acme-challenge/${token}`;
      await putChallengesOnHost(transport, [{ token, answer: `${token}.thumbprint` }]);
      const { stdout } = await at.host.exec([
        'sh',
        '-c',
        `setpriv --reuid=www-data --regid=www-data --clear-groups cat ${file}`,
      ]);
      expect(stdout).toBe(`${token}.thumbprint`);
      await putChallengesOnHost(transport, [{ token, answer: null }]);
      const gone = await at.host.exec(['test', '-e', file], { check: false });
      expect(gone.code).not.toBe(0);
    });
  },
);
