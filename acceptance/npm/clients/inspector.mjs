/**
 * The MCP Inspector in command-line mode, through the whole journey.
 *
 *     node inspector.mjs SERVER_URL modern|legacy
 *
 * It keeps its tokens under HOME and opens the browser named by BROWSER.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { calculate, useServer } from './journey.mjs';

const [url, era] = process.argv.slice(2);
const program = new URL('../node_modules/.bin/mcp-inspector', import.meta.url).pathname;
const secretsFile = `${process.env.HOME}/.mcp-inspector/secrets.json`;
const run = promisify(execFile);

/** The calls of the SDKs' clients, each a run of the command. */
const inspector = {
  listTools: () => inspect('tools/list'),
  callTool: ({ name, arguments: values }) =>
    inspect(
      'tools/call',
      '--tool-name',
      name,
      ...Object.entries(values).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`])
    ),
  listResourceTemplates: () => inspect('resources/templates/list'),
  readResource: ({ uri }) => inspect('resources/read', '--uri', uri)
};

async function inspect(method, ...options) {
  const server = ['--cli', url, '--transport', 'http', '--protocol-era', era, '--format', 'json'];
  const call = run(process.execPath, [program, ...server, '--method', method, ...options], { timeout: 30_000 });
  call.child.stdin.end();
  // A tool that reports an error ends the command with a status of its own, but the result is printed all the same.
  const { stdout, stderr } = await call.catch(error => error);
  const line = stdout.split('\n').find(each => each.startsWith('{'));
  if (line === undefined) {
    throw new Error(`${method} printed no result: ${stdout}${stderr}`);
  }
  const { result, error } = JSON.parse(line);
  if (result === undefined) {
    throw new Error(`${method} failed: ${error?.message}`);
  }
  return result;
}

/** The stored tokens, and the name they are stored under. */
function stored() {
  const file = JSON.parse(readFileSync(secretsFile, 'utf8'));
  const [key, value] = Object.entries(file.secrets).find(([name]) => name.includes(':tokens:'));
  return { file, key, tokens: JSON.parse(value) };
}

function spoilAccessToken() {
  const { file, key, tokens } = stored();
  file.secrets[key] = JSON.stringify({ ...tokens, access_token: `${tokens.access_token}x` });
  writeFileSync(secretsFile, JSON.stringify(file));
}

const seen = await useServer(inspector);
const first = stored().tokens;
spoilAccessToken();
const product = (await calculate(inspector, 'multiply', 6, 7)).structuredContent;
const second = stored().tokens;

console.log(
  JSON.stringify({
    client: `inspector-${era}`,
    token: { type: first.token_type, scope: first.scope, expiresIn: first.expires_in },
    ...seen,
    refreshed: {
      product,
      accessTokenChanged: second.access_token !== first.access_token,
      refreshTokenChanged: second.refresh_token !== first.refresh_token
    }
  })
);
