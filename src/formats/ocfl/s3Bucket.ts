import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ByteRange } from './describe.ts';
import type { S3Location } from './locations.ts';
import { type Calls, callsOf, type S3Limits, type SendOptions } from './s3Calls.ts';

/** The object must not be there yet, or must still be the one with this tag. */
export type Condition = { readonly absent: true } | { readonly tag: string };

export interface S3Head {
  readonly size: number;
  readonly tag: string;
  /** When it was last written, by the server's clock. */
  readonly modified: Date;
}

export interface S3Body extends S3Head {
  readonly bytes: Readable;
  /** Bytes that are to come: those of the range. */
  readonly length: number;
}

export interface S3Page {
  readonly keys: readonly { readonly key: string; readonly size: number; readonly modified: Date }[];
  readonly folders: readonly string[];
}

/** A version of a key, in buckets that keep them. */
export interface S3Version {
  readonly key: string;
  readonly version: string;
}

/** One bucket, as far as stores need it. Every method throws Refusal `store.*` when the server can not be used. */
export interface S3Bucket {
  /** The server's own time, by the last answer. */
  serverNow(): number;
  /** Null when absent; `beyond` when the range begins after the last byte; `changed` when it has another tag. */
  get(key: string, range?: ByteRange, tag?: string): Promise<S3Body | 'beyond' | 'changed' | null>;
  head(key: string): Promise<S3Head | null>;
  /**
   * @param before called before each try; what it throws ends the call
   * @returns the tag of what was written; null when the condition did not hold.
   */
  put(key: string, bytes: Uint8Array, condition?: Condition, before?: () => void): Promise<string | null>;
  /** Pages of keys below a prefix; with `/` as delimiter, names directly below it. */
  list(prefix: string, delimiter?: '/'): AsyncGenerator<S3Page>;
  remove(keys: readonly string[]): Promise<void>;
  /** Removes one that still has this tag, as far as the server can tell. */
  removeTagged(key: string, tag: string): Promise<void>;
  /** Pages of all versions below a prefix that the bucket keeps of itself, marks of deletion too; none where it keeps none. */
  history(prefix: string): AsyncGenerator<readonly S3Version[]>;
  removeVersions(list: readonly S3Version[]): Promise<void>;
  startParts(key: string): Promise<string>;
  putPart(key: string, upload: string, part: number, bytes: Uint8Array): Promise<string>;
  /** @returns false when the condition did not hold; the parts are still there then. */
  completeParts(
    key: string,
    upload: string,
    tags: readonly string[],
    condition?: Condition,
  ): Promise<boolean>;
  abortParts(key: string, upload: string): Promise<void>;
  /** Uploads in parts that were begun below a prefix and never completed. */
  uploads(prefix: string): Promise<{ key: string; upload: string }[]>;
  close(): void;
}

type Sdk = typeof import('@aws-sdk/client-s3');

const conditionOf = (condition: Condition | undefined) =>
  condition === undefined ? {} : 'absent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.tag };

const decoded = (text: string | undefined, encoding: string | undefined) =>
  encoding === 'url' ? decodeURIComponent((text ?? '').replaceAll('+', ' ')) : (text ?? '');

function clientOf(sdk: Sdk, location: S3Location, limits: S3Limits): S3Client {
  return new sdk.S3Client({
    endpoint: location.endpoint,
    region: location.region,
    forcePathStyle: location.pathStyle ?? true,
    credentials: { accessKeyId: location.accessKey, secretAccessKey: location.secretKey },
    // Attempts are counted in s3Calls, bytes are digested by OCFL; further checksums many servers do not know.
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: limits.connectMs,
      httpAgent: { maxSockets: 64 },
      httpsAgent: { maxSockets: 64 },
    },
  });
}

/** Opens a bucket; the client's library is loaded only then. Nothing is asked of the server yet. */
export async function openBucket(location: S3Location, limits: S3Limits): Promise<S3Bucket> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = clientOf(sdk, location, limits);
  return bucketOf(sdk, client, location.bucket, callsOf(client, location, limits));
}

function bucketOf(sdk: Sdk, client: S3Client, Bucket: string, calls: Calls): S3Bucket {
  const { send } = calls;
  return {
    serverNow: calls.serverNow,
    async get(Key, range, tag) {
      const Range = range ? `bytes=${range.start}-${range.end ?? ''}` : undefined;
      const input = { Bucket, Key, Range, IfMatch: tag };
      const got = await send(`reading ${Key}`, (o) => client.send(new sdk.GetObjectCommand(input), o), {
        NoSuchKey: null,
        InvalidRange: 'beyond' as const,
        PreconditionFailed: 'changed' as const,
      });
      if (got === null || typeof got === 'string') return got;
      if (!got.Body) throw calls.odd(`reading ${Key}`, 'an answer without content');
      const length = got.ContentLength ?? 0;
      return {
        bytes: got.Body as Readable,
        length,
        size: Number(/\/(\d+)$/.exec(got.ContentRange ?? '')?.[1] ?? length),
        tag: got.ETag ?? '',
        modified: got.LastModified ?? new Date(0),
      };
    },
    async head(Key) {
      const found = await send(
        `looking at ${Key}`,
        (o) => client.send(new sdk.HeadObjectCommand({ Bucket, Key }), o),
        { NoSuchKey: null, NotFound: null },
      );
      return (
        found && {
          size: found.ContentLength ?? 0,
          tag: found.ETag ?? '',
          modified: found.LastModified ?? new Date(0),
        }
      );
    },
    async put(Key, Body, condition, before) {
      const input = { Bucket, Key, Body, ContentLength: Body.byteLength, ...conditionOf(condition) };
      let tries = 0;
      const done = await send(
        `writing ${Key}`,
        (o) => {
          before?.();
          tries++;
          return client.send(new sdk.PutObjectCommand(input), o);
        },
        { PreconditionFailed: null, ...(condition && 'tag' in condition ? { NoSuchKey: null } : {}) },
        Body.byteLength,
      );
      if (done) return done.ETag ?? '';
      // A try whose answer was lost may have written it: then what is there is what was sent.
      if (tries === 1) return null;
      const there = await this.get(Key);
      if (there === null || typeof there === 'string' || there.size !== Body.byteLength) {
        if (there && typeof there === 'object') there.bytes.destroy();
        return null;
      }
      let at = 0;
      for await (const chunk of there.bytes as AsyncIterable<Buffer>) {
        if (!chunk.equals(Body.subarray(at, at + chunk.length))) return null;
        at += chunk.length;
      }
      return at === Body.byteLength ? there.tag : null;
    },
    async *list(Prefix, Delimiter) {
      let token: string | undefined;
      do {
        const input = { Bucket, Prefix, Delimiter, ContinuationToken: token, EncodingType: 'url' as const };
        const page = await send(`listing ${Prefix}`, (o) =>
          client.send(new sdk.ListObjectsV2Command(input), o),
        );
        yield {
          keys: (page.Contents ?? []).map((c) => ({
            key: decoded(c.Key, page.EncodingType),
            size: c.Size ?? 0,
            modified: c.LastModified ?? new Date(0),
          })),
          folders: (page.CommonPrefixes ?? []).map((c) => decoded(c.Prefix, page.EncodingType)),
        };
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
    },
    async remove(keys) {
      for (let at = 0; at < keys.length; at += 1000) {
        const Objects = keys.slice(at, at + 1000).map((Key) => ({ Key }));
        const input = { Bucket, Delete: { Objects, Quiet: true } };
        const done = await send('deleting', (o) => client.send(new sdk.DeleteObjectsCommand(input), o));
        const bad = done.Errors?.[0];
        if (bad) throw calls.odd(`deleting ${bad.Key}`, `${bad.Code} ${bad.Message}`);
      }
    },
    async removeTagged(Key, IfMatch) {
      const remove = (input: { IfMatch?: string }) => (o: SendOptions) =>
        client.send(new sdk.DeleteObjectCommand({ Bucket, Key, ...input }), o);
      const answers = { PreconditionFailed: null, NoSuchKey: null, NotImplemented: 'plainly' as const };
      const done = await send(`deleting ${Key}`, remove({ IfMatch }), answers);
      if (done === 'plainly') await send(`deleting ${Key}`, remove({}));
    },
    async *history(Prefix) {
      let marks: { KeyMarker?: string; VersionIdMarker?: string } = {};
      for (;;) {
        const input = { Bucket, Prefix, ...marks };
        const page = await send(
          `listing versions of ${Prefix}`,
          (o) => client.send(new sdk.ListObjectVersionsCommand(input), o),
          { NotImplemented: null },
        );
        // A server that knows no versions keeps none.
        if (page === null) return;
        const list = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
        const found = list.map((v) => ({ key: v.Key ?? '', version: v.VersionId ?? 'null' }));
        if (found.length > 0) yield found;
        if (!page.IsTruncated) return;
        marks = {
          ...(page.NextKeyMarker ? { KeyMarker: page.NextKeyMarker } : {}),
          ...(page.NextVersionIdMarker ? { VersionIdMarker: page.NextVersionIdMarker } : {}),
        };
      }
    },
    async removeVersions(list) {
      for (let at = 0; at < list.length; at += 1000) {
        const Objects = list.slice(at, at + 1000).map((v) => ({ Key: v.key, VersionId: v.version }));
        const input = { Bucket, Delete: { Objects, Quiet: true } };
        const done = await send('deleting', (o) => client.send(new sdk.DeleteObjectsCommand(input), o));
        const bad = done.Errors?.[0];
        if (bad) throw calls.odd(`deleting ${bad.Key}`, `${bad.Code} ${bad.Message}`);
      }
    },
    async startParts(Key) {
      const input = { Bucket, Key };
      const started = await send(`writing ${Key}`, (o) =>
        client.send(new sdk.CreateMultipartUploadCommand(input), o),
      );
      if (!started.UploadId) throw calls.odd(`writing ${Key}`, 'an upload without a number');
      return started.UploadId;
    },
    async putPart(Key, UploadId, PartNumber, Body) {
      const input = { Bucket, Key, UploadId, PartNumber, Body, ContentLength: Body.byteLength };
      const call = (o: SendOptions) => client.send(new sdk.UploadPartCommand(input), o);
      const done = await send(`writing ${Key}`, call, {}, Body.byteLength);
      return done.ETag ?? '';
    },
    async completeParts(Key, UploadId, tags, condition) {
      const Parts = tags.map((ETag, i) => ({ ETag, PartNumber: i + 1 }));
      const input = { Bucket, Key, UploadId, MultipartUpload: { Parts }, ...conditionOf(condition) };
      let tries = 0;
      const done = await send(
        `writing ${Key}`,
        (o) => {
          tries++;
          return client.send(new sdk.CompleteMultipartUploadCommand(input), o);
        },
        { PreconditionFailed: false, NoSuchUpload: 'gone', NoSuchKey: false },
      );
      if (done !== 'gone') return done !== false;
      if (tries === 1) throw calls.odd(`writing ${Key}`, 'the upload is gone');
      return true;
    },
    async abortParts(Key, UploadId) {
      const input = { Bucket, Key, UploadId };
      await send(`clearing ${Key}`, (o) => client.send(new sdk.AbortMultipartUploadCommand(input), o), {
        NoSuchUpload: null,
      });
    },
    async uploads(Prefix) {
      const found: { key: string; upload: string }[] = [];
      let marks: { KeyMarker?: string; UploadIdMarker?: string } = {};
      for (;;) {
        const input = { Bucket, Prefix, ...marks };
        const page = await send(`listing ${Prefix}`, (o) =>
          client.send(new sdk.ListMultipartUploadsCommand(input), o),
        );
        for (const u of page.Uploads ?? []) found.push({ key: u.Key ?? '', upload: u.UploadId ?? '' });
        if (!page.IsTruncated) return found.filter((u) => u.key.startsWith(Prefix));
        marks = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      }
    },
    close: () => client.destroy(),
  };
}
