import { basename } from 'node:path';
import type { Actor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { type Authorities, type AuthoritiesDeps, createAuthorities } from '#modules/authorities';
import { fold } from '#modules/search';
import { type SmallHouse, smallHouse } from './house.ts';

/** A small house with lists of authorities. */
export interface ListHouse extends SmallHouse {
  authorities: Authorities;
  /** A topmost archive of another tree. */
  strange: string;
  /** Uploads by their ids: where they lie. */
  uploads: Map<string, string>;
  /** Jobs that were asked for. */
  asked: { kind: string; data: object }[];
}

export async function listHouse(): Promise<ListHouse> {
  const house = await smallHouse();
  const system: Actor = { ...house.person([]), kind: 'system', name: 'test' };
  const strange = await house.holdings.addArchive(system, {
    parentId: null,
    code: '880001',
    name: '别省档案馆',
    level: 'province',
  });
  const uploads = new Map<string, string>();
  const asked: { kind: string; data: object }[] = [];
  const staging: AuthoritiesDeps['staging'] = {
    async file(id) {
      const path = uploads.get(id);
      if (!path) throw new Refusal('upload.notFound', 'There is no such upload.');
      return { id, path, name: basename(path), relativePath: null, bytes: 0 };
    },
    remove: async () => {},
  };
  const enqueue: AuthoritiesDeps['jobs']['enqueue'] = async (_, kind, data) => {
    asked.push({ kind, data });
    return newId();
  };
  const authorities = createAuthorities({
    ...house,
    newId,
    jobs: { enqueue },
    staging,
    archives: house.holdings.archives,
    fold,
    timeZone: 'Asia/Shanghai',
  });
  return Object.assign(house, { authorities, strange, uploads, asked });
}
