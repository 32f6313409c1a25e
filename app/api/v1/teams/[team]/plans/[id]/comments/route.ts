import { contract } from '#api/contract/index';
import { createComment } from '#server/comments/create-comment';
import { listComments } from '#server/comments/list-comments';
import { route } from '#server/route';

export const GET = route(contract.comments.list, listComments);
export const POST = route(contract.comments.create, createComment);
