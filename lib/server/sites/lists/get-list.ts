import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeList } from './describe-list';
import { findList } from './find-list';

export const getList: Handler<typeof contract.lists.get> = async ({ db, params }) =>
  describeList(await findList(db, params.id));
