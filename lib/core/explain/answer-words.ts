import type { Answer } from './explanation';

/** What the client gets, in one sentence. */
export function answerWords(answer: Answer): string {
  switch (answer.kind) {
    case 'nobody':
      return 'This site does not answer it.';
    case 'refused':
      return `Refused with ${answer.status} for how the path is written.`;
    case 'denied':
      return `Denied with ${answer.status}.`;
    case 'redirect':
      return `Sent on with ${answer.status} to ${answer.to}`;
    case 'file':
      return answer.lists
        ? `What is in ${answer.file}, or 404 where there is none.`
        : `The file ${answer.file}, or 404 where there is none.`;
    case 'application':
      return `${answer.upstream} gets ${answer.line}`;
  }
}
