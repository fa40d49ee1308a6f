import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { createRenditions, pageViewer } from '#modules/preservation';
import { s3Missing, s3Program, startS3, type TestS3 } from '../../test/support/s3.ts';
import { type ScanningHouse, scanningHouse } from '../../test/support/scanning.ts';
import { checkStorage } from '../cli/doctorStorage.ts';
import { pagePictures } from './pagePictures.ts';

describe.skipIf(!s3Program)(`a house whose storage root lies on S3${s3Missing}`, () => {
  let s3: TestS3;
  let scanning: ScanningHouse;
  let location: ReturnType<TestS3['location']>;
  let unitId = '';
  let scan = Buffer.alloc(0);
  beforeAll(async () => {
    s3 = await startS3();
    location = s3.location('county/root');
    scanning = await scanningHouse(location);
    unitId = await scanning.addUnit('J019-WS·2003·D30-0012');
    scan = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#d8c8a0' } })
      .jpeg()
      .toBuffer();
    const disc = join(scanning.folder, 'disc');
    await mkdir(join(disc, 'J019-WS.2003.D30-0012'), { recursive: true });
    await writeFile(join(disc, 'J019-WS.2003.D30-0012', '001.jpg'), scan);
    const { done } = await scanning.importFolder(disc);
    expect(done).toMatchObject({ state: 'done', counts: { held: 1 } });
  });
  afterAll(async () => {
    await scanning?.close();
    await s3?.stop();
  });

  it('holds scans there, in a root others would accept', async () => {
    const pool = createDigestPool(1);
    const { store, close } = await openStore(location, { pool });
    const { objects, findings } = await validateRoot(store);
    expect({ objects, bad: findings.filter((f) => f.severity !== 'info') }).toEqual({ objects: 1, bad: [] });
    close();
    await pool.close();
    expect(await readdir(join(s3.folder, 'county'))).toContain('root');
  });

  it('hands files out, by stream and by a local copy that is fetched again when it is gone', async () => {
    const { preservation, archivist } = scanning;
    const file = await preservation.file(archivist, unitId, 1);
    expect((await buffer(await preservation.stream(file))).equals(scan)).toBe(true);
    const path = await file.localPath();
    expect(path.startsWith(join(scanning.folder, 'cache'))).toBe(true);
    await rm(path);
    expect((await readFile(await file.localPath())).equals(scan)).toBe(true);
  });

  it('shows pages and gives certificates the picture of a page whose bytes were checked', async () => {
    const { preservation, archivist } = scanning;
    const viewer = pageViewer(preservation, createRenditions(join(scanning.folder, 'renditions')));
    expect((await viewer.pyramid(archivist, unitId, 1)).levels[0]).toMatchObject({ width: 900, height: 700 });
    const read = await pagePictures(preservation, viewer)(unitId, 1);
    expect(read.sourceSha256).toBe(createHash('sha256').update(scan).digest('hex'));
    expect((await sharp(read.picture).metadata()).width).toBe(900);
  });

  it('reads the words of a text file', async () => {
    const id = await scanning.addUnit('J019-WS·2003·D30-0013');
    const disc = join(scanning.folder, 'texts');
    await mkdir(join(disc, 'J019-WS.2003.D30-0013'), { recursive: true });
    await writeFile(join(disc, 'J019-WS.2003.D30-0013', '1.txt'), '全县各公社');
    await scanning.importFolder(disc);
    await scanning.run('read-text', { unitId: id });
    expect(await scanning.digitisation.pageText(scanning.archivist, id, 1)).toMatchObject({
      text: '全县各公社',
    });
  });

  it('tells a rotten file from a sound one when it is asked for', async () => {
    const { preservation, archivist } = scanning;
    const file = await preservation.file(archivist, unitId, 1);
    const object = await preservation.repository.getObject(file.objectId);
    const { contentPath } = object.file(file.logicalPath);
    const held = join(s3.folder, 'county/root', object.path, contentPath);
    const bytes = await readFile(held);
    bytes[500]! ^= 1;
    await writeFile(held, bytes);
    await rm(join(scanning.folder, 'cache'), { recursive: true });
    await expect(file.localPath()).rejects.toThrow(/other bytes/);
    await expect(buffer(await preservation.verified(file))).rejects.toMatchObject({
      code: 'ocfl.contentDamaged',
    });
    bytes[500]! ^= 1;
    await writeFile(held, bytes);
    expect(await file.localPath()).toContain('cache');
  });

  it('is judged by doctor: good, with wrong keys, without its bucket, and gone', async () => {
    const judge = (storage: Partial<typeof location>) =>
      checkStorage({ storage: { endpoint: undefined, pathStyle: true, ...location, ...storage } });
    expect(await judge({})).toMatchObject({ state: 'ok' });
    expect((await judge({ prefix: 'new' })).message).toMatch(/made at the first start/);
    const wrong = await judge({ secretKey: 'wrong' });
    expect(wrong).toMatchObject({ state: 'problem' });
    expect(wrong.message).toMatch(/refuses us.*SignatureDoesNotMatch/);
    expect((await judge({ bucket: 'nowhere' })).message).toMatch(/no such bucket/);
    await s3.kill();
    expect((await judge({})).message).toMatch(/can not be reached.*ECONNREFUSED/);
    await s3.restart();
    expect(await judge({})).toMatchObject({ state: 'ok' });
  });
});
