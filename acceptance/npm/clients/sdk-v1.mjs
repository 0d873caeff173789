/**
 * `@modelcontextprotocol/sdk`, the SDK's first generation, through the whole journey.
 *
 *     node sdk-v1.mjs SERVER_URL
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { journey } from './journey.mjs';
import { MemoryProvider } from './provider.mjs';
import { Recorder } from './recorder.mjs';

const [url] = process.argv.slice(2);
const name = 'sdk-v1';
const provider = new MemoryProvider(name);
const recorder = new Recorder();
let transport;

async function connect() {
  transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider, fetch: recorder.fetch });
  const client = new Client({ name, version: '1.0.0' });
  await client.connect(transport);
  return client;
}

const finish = callback => transport.finishAuth(callback.searchParams.get('code'));
console.log(JSON.stringify(await journey({ name, provider, recorder, connect, finish })));
