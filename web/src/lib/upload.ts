import * as tus from 'tus-js-client';
import { ApiError, BASE, isProblem, OWN_HEADERS } from '../api/client.ts';

export interface UploadProgress {
  sent: number;
  total: number;
}

/** Sends one file resumably; a lost connection is picked up again by itself. Returns the id of the upload. */
export function uploadFile(
  file: File,
  options: {
    relativePath?: string;
    signal?: AbortSignal;
    onProgress?: (progress: UploadProgress) => void;
  } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, {
      endpoint: `${BASE}/uploads`,
      headers: OWN_HEADERS,
      metadata: {
        filename: file.name,
        filetype: file.type,
        ...(options.relativePath && { relativePath: options.relativePath }),
      },
      chunkSize: 16 * 1024 * 1024,
      // What is small enough goes in one request.
      uploadDataDuringCreation: true,
      retryDelays: [0, 1000, 3000, 5000, 10_000, 30_000],
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => options.onProgress?.({ sent, total: total ?? file.size }),
      onError: (error) => reject(refusalIn(error) ?? error),
      onShouldRetry: (error) => navigator.onLine && mayPass(error.originalResponse?.getStatus() ?? 0),
      onSuccess: () => {
        const id = upload.url?.split('/').filter(Boolean).at(-1);
        if (id) resolve(id);
        else reject(new Error('The server named no upload'));
      },
    });
    options.signal?.addEventListener('abort', () => {
      void upload.abort();
      reject(new DOMException('Stopped', 'AbortError'));
    });
    void upload.findPreviousUploads().then((earlier) => {
      const last = earlier[0];
      if (last) upload.resumeFromPreviousUpload(last);
      upload.start();
    });
  });
}

const NO_ROOM = 507;
/** Another holds the file at this moment. */
const TAKEN: readonly number[] = [409, 423];

/** Whether trying again may help: a line that broke, a server that starts anew; not a refusal, nor a full disk. */
const mayPass = (status: number): boolean =>
  status !== NO_ROOM && (status < 400 || status >= 500 || TAKEN.includes(status));

/** What the server gave as its reason, where it gave one. */
function refusalIn(error: Error): ApiError | undefined {
  const answer = error instanceof tus.DetailedError ? error.originalResponse : undefined;
  if (!answer) return undefined;
  try {
    const problem: unknown = JSON.parse(answer.getBody());
    return isProblem(problem)
      ? new ApiError(answer.getStatus(), problem.code ?? `http.${answer.getStatus()}`, problem)
      : undefined;
  } catch {
    return undefined;
  }
}

export interface FolderFile {
  file: File;
  path: string;
}

/** Files of a dropped folder, walked to the bottom. */
export async function filesOfDrop(transfer: DataTransfer): Promise<FolderFile[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const found: FolderFile[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: FolderFile[]): Promise<void> {
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ file, path: entry.fullPath.replace(/^\//, '') });
    return;
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return;
  const reader = entry.createReader();
  // A reader hands out entries in portions until it hands out none.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const one of some) await walk(one, found);
  }
}
