/**
 * A client that signs in, calls one tool of `@modelcontextprotocol/server-everything`, and refreshes.
 *
 *     node sign-in.mjs v1|v2-legacy|v2-auto SERVER_URL
 */
import { MemoryProvider } from './provider.mjs';
import { firstGeneration, secondGeneration } from './sdks.mjs';

const [generation, url] = process.argv.slice(2);
const sdk = generation === 'v1' ? firstGeneration : secondGeneration(generation.slice('v2-'.length));
const authProvider = new MemoryProvider(sdk.name);

async function connect() {
  const transport = sdk.transport(url, { authProvider });
  const { client } = sdk.client();
  try {
    await client.connect(transport);
  } catch (error) {
    if (authProvider.callback === undefined || authProvider.tokens() !== undefined) {
      throw error;
    }
    await sdk.finish(transport, authProvider.callback);
    return connect();
  }
  return client;
}

const sum = client => sdk.call(client, { name: 'get-sum', arguments: { a: 2, b: 40 } });
const client = await connect();
const first = authProvider.tokens();
const before = await sum(client);
authProvider.spoilAccessToken();
const after = await sum(client);
const second = authProvider.tokens();
console.log(
  JSON.stringify({
    pages: authProvider.browser.pages,
    sums: [before, after].map(result => result.content[0].text),
    refreshed: first.access_token !== second.access_token && first.refresh_token !== second.refresh_token
  })
);
process.exit(0);
