import { expect, test } from 'vitest';
import { siteJsonSchema } from './site-json-schema';

test('the published schema has a name, closes its objects and lists what must be there', () => {
  const schema = siteJsonSchema();
  expect(schema).toMatchObject({
    $id: expect.stringMatching(/site-v1\.json$/),
    title: 'Gatehouse site',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: ['schemaVersion', 'name', 'preset', 'hostnames', 'tls', 'upstreams'],
  });
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});
