import type { Template, TemplateVariable } from '../../../resolve/resolved';
import { type Argument, variable } from '../tree';

const variables: Readonly<Record<TemplateVariable, string>> = {
  // After set_real_ip_from this is the client behind trusted proxies.
  'client-ip': 'remote_addr',
  // Lower case, without port, and by the guard in each server one of its names; $http_host would be the client's own words.
  host: 'host',
  user: 'remote_user',
  'request-uri': 'request_uri',
};

/** A template as an argument. */
export function fromTemplate(template: Template): Argument {
  return template.map((part) => (part.kind === 'text' ? part.text : variable(variables[part.name])));
}
