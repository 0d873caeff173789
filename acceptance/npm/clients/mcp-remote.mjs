/**
 * `mcp-remote`, which lends its OAuth to applications that speak only stdio, through the whole journey.
 *
 *     node mcp-remote.mjs SERVER_URL
 *
 * It keeps its tokens under HOME. Which browser it opens depends on what the machine has, so the person here follows
 * the link that it prints.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Browser } from './browser.mjs';
import { calculate, useServer } from './journey.mjs';

const [url] = process.argv.slice(2);
const program = fileURLToPath(import.meta.resolve('mcp-remote/dist/proxy.js'));
const port = await freePort();

function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function followLink(printed) {
  let text = '';
  let followed = false;
  printed.on('data', piece => {
    process.stderr.write(piece);
    text += piece;
    const link = /visiting:\s+(http\S+)\s/.exec(text)?.[1];
    if (link !== undefined && text.includes('callback server running') && !followed) {
      followed = true;
      new Browser().signIn(link).then(callback => fetch(callback));
    }
  });
}

async function withProxy(use) {
  const client = new Client({ name: 'mcp-remote', version: '1.0.0' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, url, String(port), '--allow-http'],
    env: { ...process.env, PATH: '' },
    stderr: 'pipe'
  });
  followLink(transport.stderr);
  await client.connect(transport);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

function tokensFile() {
  return globSync(`${process.env.HOME}/.mcp-auth/*/*_tokens.json`)[0];
}

function tokens() {
  return JSON.parse(readFileSync(tokensFile(), 'utf8'));
}

const seen = await withProxy(useServer);
const first = tokens();
writeFileSync(tokensFile(), JSON.stringify({ ...first, access_token: `${first.access_token}x` }));
const product = (await withProxy(client => calculate(client, 'multiply', 6, 7))).structuredContent;
const second = tokens();

console.log(
  JSON.stringify({
    client: 'mcp-remote',
    token: { type: first.token_type, scope: first.scope, expiresIn: first.expires_in },
    ...seen,
    refreshed: {
      product,
      accessTokenChanged: second.access_token !== first.access_token,
      refreshTokenChanged: second.refresh_token !== first.refresh_token
    }
  })
);
