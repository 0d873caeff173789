/**
 * A signed-in client that uses all that a backend has, and reports what it got.
 *
 *     node backend.mjs v1|v2-legacy|v2-auto fixtures|everything|older SERVER_URL
 *     node backend.mjs v1|v2-legacy|v2-auto one-tool SERVER_URL TOOL ARGUMENTS
 *
 * Against a server that asks for no token it never signs in, so that both reports can be compared.
 */
import { useEverything } from './everything.mjs';
import { useFixtures } from './fixtures.mjs';
import { useOlder } from './older.mjs';
import { useOneTool } from './one-call.mjs';
import { MemoryProvider } from './provider.mjs';
import { firstGeneration, secondGeneration } from './sdks.mjs';

const [generation, kind, url] = process.argv.slice(2);
const sdk = generation === 'v1' ? firstGeneration : secondGeneration(generation.slice('v2-'.length));
const authProvider = new MemoryProvider(sdk.name);

/** A connected client, or one that takes up an earlier session. */
async function connect(sessionId) {
  const transport = sdk.transport(url, { authProvider, sessionId });
  const { client, heard } = sdk.client();
  try {
    await client.connect(transport);
  } catch (error) {
    if (authProvider.callback === undefined || authProvider.tokens() !== undefined) {
      throw error;
    }
    await sdk.finish(transport, authProvider.callback);
    return connect(sessionId);
  }
  const call = (name, args = {}, options, meta) =>
    sdk.call(client, { name, arguments: args, ...(meta && { _meta: meta }) }, options);
  return { client, heard, call, transport };
}

const use = { fixtures: useFixtures, everything: useEverything, older: useOlder, 'one-tool': useOneTool }[kind];
const report = await use(connect);
console.log(JSON.stringify(report));
process.exit(0);
