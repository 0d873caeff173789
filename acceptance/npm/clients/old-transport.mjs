/**
 * `@modelcontextprotocol/sdk` over HTTP+SSE, the transport of 2024-11-05: signs in, uses a server, and refreshes.
 *
 *     node old-transport.mjs tools|everything SSE_URL
 */
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { MemoryProvider } from './provider.mjs';
import { firstGeneration as sdk } from './sdks.mjs';

const [kind, url] = process.argv.slice(2);
const authProvider = new MemoryProvider('old-transport');

async function connect() {
  const transport = new SSEClientTransport(new URL(url), { authProvider });
  const { client, heard } = sdk.client();
  try {
    await client.connect(transport);
  } catch (error) {
    if (authProvider.callback === undefined || authProvider.tokens() !== undefined) {
      throw error;
    }
    await sdk.finish(transport, authProvider.callback);
    return connect();
  }
  return { client, heard, version: transport._protocolVersion };
}

const { client, heard, version } = await connect();
const call = (name, args = {}, options) => sdk.call(client, { name, arguments: args }, options);
const add = () =>
  kind === 'tools' ? call('calculate', { operation: 'add', a: 2, b: 40 }) : call('get-sum', { a: 2, b: 40 });

const { tools } = await client.listTools();
const sum = await add();
const first = authProvider.tokens();
authProvider.spoilAccessToken();
const again = await add();
const report = {
  resource: authProvider.authorizationUrl.searchParams.get('resource'),
  version,
  tools: tools.map(tool => tool.name),
  sum,
  again,
  refreshed: authProvider.tokens().access_token !== first.access_token,
  ...(kind === 'everything' && (await more()))
};
await client.close();
console.log(JSON.stringify(report));
process.exit(0);

/** What goes from the server to the client. */
async function more() {
  const uri = 'demo://resource/dynamic/text/1';
  const reported = [];
  await call('trigger-long-running-operation', { duration: 0.2, steps: 2 }, { onprogress: each => reported.push(each) });
  const sampled = await call('trigger-sampling-request', { prompt: 'Who is there?', maxTokens: 10 });
  await client.subscribeResource({ uri });
  await call('toggle-subscriber-updates');
  const updated = await heard.first('notifications/resources/updated');
  await call('toggle-subscriber-updates');
  const logged = await heard.first('notifications/message');
  return { progress: reported.length, sampled, updated: updated.uri, logged: logged !== undefined };
}
