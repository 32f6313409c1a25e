import { expect } from 'vitest';
import type { ServerName } from '#lab/index';
import { applyOnHost, rollbackOnHost } from '#server/hosts/helper/host';
import { applyRequest, put } from '#server/hosts/helper/testing/helper-host';
import { openHost } from '#server/hosts/open-host';
import type { Fault } from './matrix/fault';

const files: Record<ServerName, string> = {
  nginx: '/etc/nginx/conf.d/gatehouse-other.conf',
  apache: '/etc/apache2/sites-available/gatehouse-other.conf',
  caddy: '/etc/caddy/gatehouse/other.caddy',
};

export const twoDashboards: Fault = {
  name: 'two dashboards at once',
  run: (cell) =>
    cell.cases(['the other was first', 'both at once', 'we were first'], async (stage, who) => {
      const edit = await stage.edit();
      const other = await openHost(stage.hostId);
      const request = applyRequest(stage.webServer, [put(files[stage.webServer], '# of the other\n')], {
        applyId: `other-${edit.marker}`,
        holder: 'ada@other',
        holdSeconds: 300,
      });
      const theirs = () => applyOnHost(other, request);
      const undoTheirs = async (outcome: string) => {
        if (outcome === 'holding') await rollbackOnHost(other, request.applyId);
        await other.close();
      };
      if (who === 'we were first') {
        const id = await stage.hold(edit);
        const answer = await theirs();
        expect(answer.conflict).not.toBeNull();
        expect(answer.outcome).toBe('refused');
        await undoTheirs(answer.outcome);
        await stage.confirm(id);
        return stage.expectTruth(edit, await stage.ended(id), ['succeeded']);
      }
      const [answer, apply] =
        who === 'both at once'
          ? await Promise.all([theirs(), stage.dashboard.apply(edit.plan)])
          : [await theirs(), await stage.dashboard.apply(edit.plan)];
      const won = answer.outcome === 'holding';
      await undoTheirs(answer.outcome);
      if (won) expect(apply.failure).toMatchObject({ code: 'apply.conflict' });
      return stage.expectTruth(edit, apply, [won ? 'failed' : 'succeeded']);
    }),
};
