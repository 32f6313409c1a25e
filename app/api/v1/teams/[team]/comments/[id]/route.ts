import { contract } from '#api/contract/index';
import { removeComment } from '#server/comments/remove-comment';
import { updateComment } from '#server/comments/update-comment';
import { route } from '#server/route';

export const PATCH = route(contract.comments.update, updateComment);
export const DELETE = route(contract.comments.remove, removeComment);
