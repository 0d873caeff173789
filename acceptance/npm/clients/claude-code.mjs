/**
 * Claude Code signs in at a server and connects to it. It needs no account for that.
 *
 *     node claude-code.mjs SERVER_URL
 */
import { fileURLToPath } from 'node:url';
import { run, runInTerminal } from './program.mjs';

const [url] = process.argv.slice(2);
const claude = fileURLToPath(
  new URL('../node_modules/@anthropic-ai/claude-code-linux-x64/claude', import.meta.url)
);

await run(claude, ['mcp', 'add', '--transport', 'http', 'ostiary', url]);
await runInTerminal(claude, ['mcp', 'login', 'ostiary']);
const list = await run(claude, ['mcp', 'list']);

console.log(JSON.stringify({ client: 'claude-code', connected: /ostiary.*Connected/.test(list) }));
