// One line per preset; the folder and this list are held together by a test.
export { buildbot } from './buildbot';
export { generic } from './generic';
export { gocd } from './gocd';
export { jenkins } from './jenkins';
export { pipelit } from './pipelit';
