import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

const root = fileURLToPath(new URL('./web', import.meta.url));

const settings: UserConfig = {
  root,
  plugins: [react()],
  html: { cspNonce: '__NONCE__' },
  resolve: {
    // Some of antd's parts write style tags without the nonce; this wrapper adds it.
    alias: [{ find: /^.*\/Dom\/dynamicCSS$/, replacement: `${root}/theme/dynamic-css.ts` }],
  },
  build: {
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // Our own budget in gzip stands in web/e2e/budget.test.ts; Vite's warning counts raw bytes.
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
};

/**
 * Builds the console: `vite build --outDir <folder>` from the project root. The server puts a fresh
 * nonce in the place of `__NONCE__` in index.html for every answer.
 */
export default defineConfig(({ command }) => {
  // A test run names its own environment; what is built is always what people get.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return settings;
});
