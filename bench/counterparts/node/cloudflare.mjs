// Runs the worker on workerd, as miniflare does.
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

const port = Number(process.argv[2]);
const bundle = await build({
  entryPoints: [new URL('worker.js', import.meta.url).pathname],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['node:*', 'cloudflare:*'],
  define: { ORIGIN: JSON.stringify(`http://localhost:${port}`) }
});
const worker = new Miniflare({
  modules: true,
  script: bundle.outputFiles[0].text,
  compatibilityDate: '2026-07-01',
  compatibilityFlags: ['nodejs_compat', 'global_fetch_strictly_public'],
  kvNamespaces: ['OAUTH_KV'],
  host: '127.0.0.1',
  port
});
await worker.ready;
console.log('ready');
