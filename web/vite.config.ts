import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console: built with `npx vite build web`, served under /console/. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: '../.build/web',
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: true,
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 18300,
    strictPort: true,
    proxy: Object.fromEntries(['/api', '/iiif', '/verify'].map((path) => [path, 'http://127.0.0.1:8080'])),
  },
});
