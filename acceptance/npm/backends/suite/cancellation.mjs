import { once } from 'node:events';
import { fromJsonSchema } from '@modelcontextprotocol/server';
import { text } from './tools.mjs';

const KEY = fromJsonSchema({ type: 'object', properties: { key: { type: 'string' } }, required: ['key'] });
const noticed = new Set();

/** A call that ends only when it is cancelled, and one that tells whether that was noticed. */
export function registerCancellation(server) {
  server.registerTool(
    'test_cancellation',
    { description: 'Works until it is cancelled', inputSchema: KEY },
    async ({ key }, context) => {
      const { signal, _meta, notify } = context.mcpReq;
      await notify({
        method: 'notifications/progress',
        params: { progressToken: _meta?.progressToken, progress: 1 }
      });
      if (!signal.aborted) {
        await once(signal, 'abort');
      }
      noticed.add(key);
      return { content: [text('Nobody reads this')] };
    }
  );
  server.registerTool(
    'test_cancellation_noticed',
    { description: 'Whether a call was cancelled', inputSchema: KEY },
    async ({ key }) => ({ content: [text(noticed.has(key) ? 'yes' : 'no')] })
  );
}
