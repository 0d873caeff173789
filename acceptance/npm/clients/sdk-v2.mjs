/**
 * `@modelcontextprotocol/client`, the SDK's second generation, through the whole journey.
 *
 *     node sdk-v2.mjs SERVER_URL modern|legacy
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { journey } from './journey.mjs';
import { MemoryProvider } from './provider.mjs';
import { Recorder } from './recorder.mjs';

const [url, era] = process.argv.slice(2);
const name = `sdk-v2-${era}`;
const provider = new MemoryProvider(name);
const recorder = new Recorder();
let transport;

async function connect() {
  transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider, fetch: recorder.fetch });
  const mode = era === 'legacy' ? 'legacy' : 'auto';
  const client = new Client({ name, version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(transport);
  return client;
}

const finish = callback => transport.finishAuth(callback.searchParams);
console.log(JSON.stringify(await journey({ name, provider, recorder, connect, finish })));
