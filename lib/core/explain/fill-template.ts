import type { Template, TemplateVariable } from '../resolve/resolved';
import type { Request } from './request';

/** The text that a template gives for a request; what depends on the client is told in angle brackets. */
export function fillTemplate(template: Template, request: Request): string {
  const values: Readonly<Record<TemplateVariable, string>> = {
    'client-ip': '<address of the client>',
    host: request.hostname,
    user: '<who signed in>',
    'request-uri': request.target,
  };
  return template.map((part) => (part.kind === 'text' ? part.text : values[part.name])).join('');
}
