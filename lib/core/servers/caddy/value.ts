import type { Template, TemplateVariable } from '../../resolve/resolved';
import type { Placeholders } from './tree';

/**
 * Variables of ours: the client's address, the name it asked for, and who signed in. The first two also keep Caddy from calling the header
 * lines unnecessary; they are not, because its defaults depend on global options that belong to somebody else.
 */
export const clientVariable = 'gatehouse_client';
export const hostVariable = 'gatehouse_host';
export const userVariable = 'gatehouse_user';

const names: Readonly<Record<TemplateVariable, string>> = {
  'client-ip': `vars.${clientVariable}`,
  host: `vars.${hostVariable}`,
  user: `vars.${userVariable}`,
  'request-uri': 'http.request.orig_uri',
};

/** A template as Caddy expands it while serving. */
export function templateValue(template: Template): Placeholders {
  return template.map((part) => (part.kind === 'text' ? part.text : { placeholder: names[part.name] }));
}
