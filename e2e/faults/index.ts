import { binaryUpgraded } from './binary-upgraded';
import { brokenBefore } from './broken-before';
import { clockOff } from './clock-off';
import { dashboardKilled } from './dashboard-killed';
import { diskFull } from './disk-full';
import { duplicateName } from './duplicate-name';
import { helperHangs } from './helper-hangs';
import { helperKilled } from './helper-killed';
import { helperNotOurs } from './helper-not-ours';
import { hostKeyChanged } from './host-key-changed';
import { lateBind } from './late-bind';
import { linkCut } from './link-cut';
import { manualEdit } from './manual-edit';
import { manualEditMeanwhile } from './manual-edit-meanwhile';
import type { Fault } from './matrix/fault';
import { megabytes } from './megabytes';
import { missingCertificate } from './missing-certificate';
import { neverAnswers } from './never-answers';
import { powerCut } from './power-cut';
import { readOnly } from './read-only';
import { serverNotRunning } from './server-not-running';
import { sessionKilled } from './session-killed';
import { sudoRefused } from './sudo-refused';
import { twoDashboards } from './two-dashboards';
import { unresolvableUpstream } from './unresolvable-upstream';
import { watchdogKilled } from './watchdog-killed';

/** Every row of the matrix. Those that wait longest come first. */
export const faults: readonly Fault[] = [
  linkCut,
  powerCut,
  helperKilled,
  dashboardKilled,
  sessionKilled,
  neverAnswers,
  helperHangs,
  watchdogKilled,
  diskFull,
  readOnly,
  lateBind,
  missingCertificate,
  unresolvableUpstream,
  duplicateName,
  brokenBefore,
  manualEdit,
  manualEditMeanwhile,
  twoDashboards,
  sudoRefused,
  helperNotOurs,
  hostKeyChanged,
  serverNotRunning,
  binaryUpgraded,
  clockOff,
  megabytes,
];
