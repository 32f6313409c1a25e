import type { Issue } from '../issue';
import { allLocations, error, type Rule } from './rule';

/** A location has what its traffic class needs. */
export const locationClass: Rule = (site) => {
  const isHttp2 = (name: string | undefined) => {
    const upstream =
      name === undefined ? site.upstreams[0] : site.upstreams.find((known) => known.name === name);
    return upstream?.scheme === 'h2c' || upstream?.scheme === 'h2';
  };
  const issues: Issue[] = [];
  const owner = (path: Issue['path']) =>
    path[0] === 'extraHosts'
      ? site.extraHosts[Number(path[1])]?.upstream
      : path[0] === 'applications'
        ? site.applications[Number(path[1])]?.upstream
        : undefined;
  for (const { location, path } of allLocations(site)) {
    const kind = location.class;
    if (kind === 'static' && location.directory === undefined) {
      issues.push(error('site.static-directory', [...path, 'directory'], 'class “static” needs a directory'));
    }
    if (kind === 'static' && location.match.kind !== 'prefix') {
      issues.push(error('site.static-match', [...path, 'match', 'kind'], 'class “static” needs a prefix'));
    }
    if (kind !== 'static' && location.directory !== undefined) {
      issues.push(
        error('site.directory-class', [...path, 'directory'], 'a directory belongs to class “static” only'),
      );
    }
    if (kind !== 'static' && location.listing) {
      issues.push(error('site.listing-class', [...path, 'listing'], 'a list belongs to class “static” only'));
    }
    const upstream = location.upstream ?? owner(path);
    if (kind === 'grpc' && !isHttp2(upstream)) {
      issues.push(
        error('site.grpc-upstream', [...path, 'upstream'], 'gRPC needs an upstream with scheme h2c or h2'),
      );
    }
    if (kind === 'ws' && isHttp2(upstream)) {
      issues.push(
        error(
          'site.ws-upstream',
          [...path, 'upstream'],
          'WebSockets need an upstream with scheme http or https',
        ),
      );
    }
  }
  site.extraHosts.forEach((extra, index) => {
    if (extra.class === 'grpc' && !isHttp2(extra.upstream)) {
      issues.push(
        error(
          'site.grpc-upstream',
          ['extraHosts', index, 'upstream'],
          'gRPC needs an upstream with scheme h2c or h2',
        ),
      );
    }
  });
  return issues;
};
