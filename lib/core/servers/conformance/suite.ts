import type { ServerDriver } from './driver';
import { accessScenarios } from './scenarios/access';
import { headerScenarios } from './scenarios/headers';
import { identityScenarios } from './scenarios/identity';
import { locationScenarios } from './scenarios/locations';
import { pathScenarios } from './scenarios/paths';
import { protocolScenarios } from './scenarios/protocols';
import { publicScenarios } from './scenarios/public-side';
import { reportedScenarios } from './scenarios/reported';
import { streamScenarios } from './scenarios/streams';

/**
 * The guarantees that every web server must give alike, asked of the real one over raw sockets. Call it inside a `describe` of a
 * `*.servers.test.ts` file.
 */
export function describeConformance(driver: ServerDriver): void {
  headerScenarios(driver);
  pathScenarios(driver);
  streamScenarios(driver);
  publicScenarios(driver);
  protocolScenarios(driver);
  accessScenarios(driver);
  locationScenarios(driver);
  identityScenarios(driver);
  reportedScenarios(driver);
}
