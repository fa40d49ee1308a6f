import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const OUT = fileURLToPath(new URL('../.build/web/', import.meta.url));

/** Compressed copies beside the files (.br, .gz), so that the server sends them without work. */
function compressed(): Plugin {
  let out = OUT;
  return {
    name: 'lantai:compressed',
    apply: 'build',
    // The launcher builds aside and swaps the result in, so the folder is another one each time.
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const assets = join(out, 'assets');
      for (const name of (await readdir(assets)).filter((one) => /\.(js|css|svg)$/.test(one))) {
        const file = join(assets, name);
        const content = await readFile(file);
        if (content.length < 1024) continue;
        await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
        await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
      }
    },
  };
}

/** The console: built with `npx vite build web`, served under /console/. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [react(), compressed()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: true,
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(['/api', '/iiif', '/verify'].map((path) => [path, 'http://127.0.0.1:8080'])),
  },
});
