import { expect, it } from 'vitest';
import { ALL, smallHouse } from '../../../../test/support/house.ts';
import { importBench } from '../../../../test/support/imports.ts';
import { readsAllWorksOn } from '../../../../test/support/limited.ts';

it('takes a post for the whole archive to import a catalogue or take it back', async () => {
  const house = await smallHouse();
  const bench = await importBench(house.db);
  try {
    const documents = readsAllWorksOn(house, 'WS');
    const archivist = house.person(ALL, house.county);
    const path = await bench.file('目录.csv', '档号,题名\nJ019-KU·2001·Y-0001,总账\n');
    const file = { archiveId: house.county, path, fileName: '目录.csv' };
    const forbidden = { code: 'actor.forbidden' };
    await expect(bench.imports.createFromFile(documents, file)).rejects.toMatchObject(forbidden);
    const id = await bench.imports.createFromFile(archivist, file);
    await expect(bench.imports.setMapping(documents, id, {})).rejects.toMatchObject(forbidden);
    await expect(bench.imports.workNow(documents, id, 'run')).rejects.toMatchObject(forbidden);
    await bench.imports.workNow(archivist, id, 'run');
    await expect(bench.imports.workNow(documents, id, 'takeBack', { reason: '有误' })).rejects.toMatchObject(
      forbidden,
    );
    await expect(bench.imports.read(documents, id)).rejects.toMatchObject(forbidden);
  } finally {
    await bench.close();
    await house.close();
  }
});
