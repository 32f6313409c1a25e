/**
 * Documents name files of a host; on the machine of a test they are ones that exist: `c.crt`, `c.key` and `users` in a directory, and the
 * directory itself.
 */
export function withLocalFiles(document: unknown, files: string): unknown {
  return JSON.parse(
    JSON.stringify(document)
      .replaceAll(/"\/etc\/(?:ssl|letsencrypt)\/[^"]*(?:key)[^"]*"/g, `"${files}/c.key"`)
      .replaceAll(/"\/etc\/(?:ssl|letsencrypt)\/[^"]*"/g, `"${files}/c.crt"`)
      .replaceAll(/"\/etc\/gatehouse\/[^"]*users"/g, `"${files}/users"`)
      .replaceAll('"/var/log/gatehouse"', `"${files}"`)
      .replaceAll('"/var/www/acme"', `"${files}"`)
      .replaceAll('"/srv/archive"', `"${files}"`),
  );
}
