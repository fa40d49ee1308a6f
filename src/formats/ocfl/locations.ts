import { Refusal } from '#kernel/errors';
import { parseS3Address } from '#kernel/s3Address';

/** A place that can hold an OCFL storage root: plain values, as settings or a table keep them. */
export type StoreLocation = FolderLocation | S3Location;

export interface FolderLocation {
  readonly kind: 'folder';
  /** Absolute path of the storage root. */
  readonly root: string;
  /** Where drafts and locks lie, on the same file system, outside the root; `<root>.staging` when absent. */
  readonly staging?: string;
}

export interface S3Location {
  readonly kind: 's3';
  readonly bucket: string;
  /** The storage root within the bucket, without slashes at its ends, never empty: drafts and locks lie beside it. */
  readonly prefix: string;
  /** `https://s3.example:9000`; absent: Amazon's own of the region. */
  readonly endpoint?: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** The bucket stands in the path (default) and not in the host's name. */
  readonly pathStyle?: boolean;
}

/** The place in words for people; without its secrets. */
export function describeLocation(location: StoreLocation): string {
  if (location.kind === 'folder') return location.root;
  const at = location.endpoint === undefined ? '' : ` at ${location.endpoint}`;
  return `s3://${location.bucket}/${location.prefix}${at}`;
}

/**
 * A location out of an address (a folder, or `s3://bucket/prefix`) and, for S3, how it is reached.
 *
 * @throws Refusal `store.badAddress`
 */
export function locationOf(
  address: string,
  s3: {
    readonly endpoint?: string;
    readonly region?: string;
    readonly accessKey?: string;
    readonly secretKey?: string;
    readonly pathStyle?: boolean;
  } = {},
): StoreLocation {
  if (!address.startsWith('s3:')) return { kind: 'folder', root: address };
  const parsed = parseS3Address(address);
  if (!parsed)
    throw new Refusal('store.badAddress', `"${address}" is no address such as s3://bucket/prefix.`, {
      address,
    });
  if (!s3.accessKey || !s3.secretKey)
    throw new Refusal('store.badAddress', 'A store on S3 needs an access key and a secret key.', { address });
  return {
    kind: 's3',
    ...parsed,
    endpoint: s3.endpoint,
    region: s3.region ?? 'us-east-1',
    accessKey: s3.accessKey,
    secretKey: s3.secretKey,
    pathStyle: s3.pathStyle ?? true,
  };
}
