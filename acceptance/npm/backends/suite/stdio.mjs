/**
 * The same backend as a program that is spoken to over its standard streams, in one era.
 *
 *     node backends/suite/stdio.mjs legacy|modern
 */
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { build } from './server.mjs';

if (process.argv[2] === 'modern') {
  let server;
  const notify = () => ({
    toolsChanged: () => server.sendToolListChanged(),
    promptsChanged: () => server.sendPromptListChanged(),
    resourceUpdated: uri => server.server.sendResourceUpdated({ uri })
  });
  serveStdio(({ era }) => (server = build(era, notify)), { legacy: 'reject', onerror: console.error });
} else {
  await build('legacy').connect(new StdioServerTransport());
}
