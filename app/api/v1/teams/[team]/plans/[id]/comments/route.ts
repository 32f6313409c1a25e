import { contract } from '#api/contract/index';
import { createComment } from '#server/changes/comments/create-comment';
import { listComments } from '#server/changes/comments/list-comments';
import { route } from '#server/door/route';

export const GET = route(contract.comments.list, listComments);
export const POST = route(contract.comments.create, createComment);
