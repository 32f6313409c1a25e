import 'server-only';
import { templateOf } from '#core/site/site-template';
import { newAccountKey } from '../certificates/acme/jws';
import { insertToken } from '../identity/tokens/insert-token';
import { write } from '../platform/database/write';
import { sealSecret } from '../platform/secrets/seal-secret';
import { siteColumns } from '../sites/site-columns';
import { samplePrint, sampleSite, type Things } from './sample-requests';

/** One of everything that a team can own, straight into the database. */
export function addThings(teamId: string, userId: string, label: string): Promise<Things> {
  return write(async (tx) => {
    const host = await tx.host.create({
      data: { teamId, name: `host-${label}`, transport: 'ssh', address: '192.0.2.7', user: 'root' },
    });
    const target = await tx.target.create({ data: { teamId, hostId: host.id, server: 'nginx' } });
    const document = sampleSite(`site-${label}`);
    const site = await tx.site.create({
      data: {
        ...siteColumns(document),
        teamId,
        head: 1,
        revisions: { create: { number: 1, document, authorId: userId } },
        targets: { create: { targetId: target.id } },
      },
    });
    const list = await tx.list.create({
      data: { teamId, name: `list-${label}`, sites: { create: { siteId: site.id } } },
    });
    // With a team of its own, so that the list is nothing to anybody else.
    const guests = await tx.team.create({ data: { slug: `guests-${label}`, name: `guests-${label}` } });
    const share = await tx.listShare.create({ data: { listId: list.id, teamId: guests.id, level: 'edit' } });
    const link = await tx.listLink.create({
      data: {
        listId: list.id,
        tokenHash: `link-${label}`,
        prefix: 'ghl_',
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    const template = await tx.siteTemplate.create({
      data: { teamId, name: `template-${label}`, document: templateOf(document) },
    });
    const plan = await tx.plan.create({
      data: {
        teamId,
        hash: `hash-${label}`,
        status: 'ready',
        createdById: userId,
        sites: { create: { siteId: site.id, revision: 1 } },
      },
    });
    const apply = await tx.apply.create({
      data: { teamId, planId: plan.id, planHash: plan.hash, status: 'succeeded', requestedById: userId },
    });
    const comment = await tx.planComment.create({
      data: { teamId, planId: plan.id, authorId: userId, body: `comment-${label}` },
    });
    const group = await tx.hostGroup.create({ data: { teamId, name: `group-${label}` } });
    const freeze = await tx.freezeWindow.create({
      data: {
        teamId,
        groupId: group.id,
        startsAt: new Date('2999-01-01T00:00:00Z'),
        endsAt: new Date('2999-01-02T00:00:00Z'),
        reason: `freeze-${label}`,
      },
    });
    const lowering = await tx.lowering.create({
      data: {
        teamId,
        operation: 'freezes.remove',
        input: { operation: 'freezes.remove', id: freeze.id },
        lowers: [`a freeze of ${label}`],
      },
    });
    const member = await tx.user.create({
      data: {
        email: `reviewer-${label}@things.test`,
        name: 'reviewer',
        members: { create: { teamId, role: 'editor' } },
      },
    });
    const at = new Date();
    const drift = await tx.driftFile.create({
      data: {
        teamId,
        targetId: target.id,
        path: `/etc/nginx/sites-available/gatehouse-site-${label}.conf`,
        role: 'site',
        siteId: site.id,
        state: 'missing',
        live: { kind: 'absent' },
        print: samplePrint,
        firstSeenAt: at,
        changedAt: at,
        lastSeenAt: at,
      },
    });
    const accountKeyId = await sealSecret(tx, {
      teamId,
      purpose: 'acme-account-key',
      value: newAccountKey(),
    });
    const issuer = await tx.issuer.create({
      data: {
        teamId,
        name: `issuer-${label}`,
        directoryUrl: 'https://127.0.0.1:1/dir',
        accountKeyId,
        termsAcceptedAt: at,
      },
    });
    const certificate = await tx.certificate.create({
      data: {
        teamId,
        siteId: site.id,
        targetId: target.id,
        name: `certificate-${label}`,
        issuerName: issuer.name,
        hostnames: [`site-${label}.example.com`],
        keyType: 'ecdsa',
      },
    });
    const urlId = await sealSecret(tx, {
      teamId,
      purpose: 'webhook-url',
      value: 'https://hooks.example.com/',
    });
    const webhook = await tx.webhook.create({
      data: {
        teamId,
        name: `webhook-${label}`,
        kind: 'slack',
        urlId,
        urlHost: 'hooks.example.com',
        events: ['certificate.expiring'],
      },
    });
    const delivery = await tx.webhookDelivery.create({
      data: {
        teamId,
        webhookId: webhook.id,
        event: 'drift.found',
        payload: { text: label },
        status: 'failed',
      },
    });
    const session = await tx.session.create({
      data: { userId, token: `device-${label}`, expiresAt: new Date(Date.now() + 3_600_000) },
    });
    const invitation = await tx.invitation.create({
      data: {
        teamId,
        email: `invited@${label}.things`,
        role: 'viewer',
        tokenHash: `invitation-${label}`,
        invitedById: userId,
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    const { row } = await insertToken(tx, {
      teamId,
      userId,
      name: `token-${label}`,
      scopes: null,
      expiresAt: null,
    });
    return {
      site: site.id,
      host: host.id,
      target: target.id,
      token: row.id,
      invitation: invitation.id,
      plan: plan.id,
      apply: apply.id,
      device: session.id,
      drift: drift.id,
      comment: comment.id,
      list: list.id,
      share: share.id,
      link: link.id,
      template: template.id,
      issuer: issuer.id,
      certificate: certificate.id,
      webhook: webhook.id,
      delivery: delivery.id,
      group: group.id,
      freeze: freeze.id,
      lowering: lowering.id,
      member: member.id,
    };
  });
}
