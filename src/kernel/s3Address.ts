/** What `s3://bucket/prefix` names; null when the text is no such address. */
export function parseS3Address(text: string): { bucket: string; prefix: string } | null {
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([A-Za-z0-9][A-Za-z0-9._/-]{0,199})$/.exec(text);
  const [bucket, prefix] = [found?.[1], found?.[2]?.replace(/\/+$/, '')];
  if (bucket === undefined || prefix === undefined) return null;
  return prefix.split('/').some((part) => part === '' || part === '.' || part === '..')
    ? null
    : { bucket, prefix };
}
