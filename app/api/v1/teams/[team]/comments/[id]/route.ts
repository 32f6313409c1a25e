import { contract } from '#api/contract/index';
import { removeComment } from '#server/changes/comments/remove-comment';
import { updateComment } from '#server/changes/comments/update-comment';
import { route } from '#server/door/route';

export const PATCH = route(contract.comments.update, updateComment);
export const DELETE = route(contract.comments.remove, removeComment);
