/**
 * Codex signs in at a server. It needs no account for that.
 *
 *     node codex.mjs SERVER_URL
 */
import { fileURLToPath } from 'node:url';
import { run } from './program.mjs';

const [url] = process.argv.slice(2);
const codex = fileURLToPath(
  new URL(
    '../node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex',
    import.meta.url
  )
);

await run(codex, ['mcp', 'add', 'ostiary', '--url', url]);
const list = await run(codex, ['mcp', 'list']);

console.log(JSON.stringify({ client: 'codex', signedIn: /ostiary.*OAuth/.test(list) }));
