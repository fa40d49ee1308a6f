/**
 * OCFL 1.0 and 1.1: storage roots, objects, versions, validation with the specification's codes. Pure rules and a
 * small storage interface; nothing here knows of databases or of other modules.
 */

export { blockingReader, pacing } from './blockingReader.ts';
export type { ByteRange, ObjectFile, ObjectSource, OcflObject, OpenedFile, VersionInfo } from './describe.ts';
export { filesystemReader } from './filesystemReader.ts';
export { type FilesystemStoreOptions, filesystemStore } from './filesystemStore.ts';
export { foreignLocks, releaseLocksOf } from './foreignLocks.ts';
export {
  type ContentDigest,
  type Inventory,
  type InventoryVersion,
  nextVersion,
  type OcflUser,
  type SpecVersion,
  versionNumber,
} from './inventory.ts';
export { defaultLayout, type Layout, type PathOf, pathsOf } from './layouts.ts';
export {
  describeLocation,
  type FolderLocation,
  locationOf,
  type S3Location,
  type StoreLocation,
} from './locations.ts';
export { type Memory, memoryStore, newMemory } from './memoryStore.ts';
export type { NewFile, NewVersion, PutResult, StoredFile } from './newVersion.ts';
export { type OpenedStore, type OpenStoreOptions, openStore } from './openStore.ts';
export { isPassing } from './passing.ts';
export { parseInventory, readInventory } from './readObject.ts';
export type { Recovery } from './recover.ts';
export {
  type ObjectMeasure,
  type OcflRepository,
  openRepository,
  type PutOutcome,
} from './repository.ts';
export { createStorageRoot, readStorageRoot } from './root.ts';
export { openBucket, type S3Bucket } from './s3Bucket.ts';
export { S3_LIMITS, type S3Limits } from './s3Calls.ts';
export { LEASE_TIMES, type LeaseTimes } from './s3Lease.ts';
export { type S3StoreOptions, s3Store } from './s3Store.ts';
export type {
  Draft,
  DraftTarget,
  Entry,
  GoodFile,
  Lock,
  Mending,
  Store,
  StoreReader,
  SweepReport,
} from './storage.ts';
export { isSafeStorePath } from './storage.ts';
export { type ObjectReport, validateInventory, validateObject } from './validate/object.ts';
export { recognise } from './validate/recognise.ts';
export { isObjectRoot, isStorageRoot, type RootReport, validateRoot } from './validate/root.ts';
export { walkObjects } from './walk.ts';
