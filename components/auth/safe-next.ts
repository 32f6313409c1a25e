/** The page to open after signing in: only a path of this site, never another address. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !/[\p{Cc}\\]/u.test(next) ? next : '/';
}
