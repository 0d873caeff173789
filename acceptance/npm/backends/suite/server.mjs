import { McpServer } from '@modelcontextprotocol/server';
import { registerAskingTools } from './asking.mjs';
import { registerCancellation } from './cancellation.mjs';
import { registerChanges } from './changes.mjs';
import { registerInputRequired, requestState } from './input-required.mjs';
import { registerPrompts } from './prompts.mjs';
import { registerReconnection } from './reconnection.mjs';
import { registerResources } from './resources.mjs';
import { registerTools } from './tools.mjs';

/**
 * A server with every fixture of the official suite.
 *
 * @param era `legacy` or `modern`
 * @param notify gives what tells modern clients of changes
 */
export function build(era, notify) {
  const server = new McpServer(
    { name: 'suite-fixtures', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { listChanged: true, subscribe: true },
        completions: {},
        logging: {}
      },
      requestState: { verify: requestState.verify }
    }
  );
  registerTools(server);
  registerAskingTools(server);
  registerInputRequired(server);
  registerReconnection(server);
  registerCancellation(server);
  registerChanges(server, era, notify);
  registerPrompts(server);
  registerResources(server);
  return server;
}
