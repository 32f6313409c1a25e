import 'server-only';
import { randomUUID } from 'node:crypto';
import { AppError } from './app-error';
import { problemResponse } from './problem-response';

/** The answer at every address below `/api` that the contract does not describe: programs get a problem, not a page. */
export function noSuchOperation(): Response {
  const error = new AppError('not-found', 'There is no such operation.', {
    hint: 'See /api/v1/openapi.json.',
  });
  return problemResponse(error, randomUUID()).response;
}
