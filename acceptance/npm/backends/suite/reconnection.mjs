import { setTimeout as pause } from 'node:timers/promises';
import { text } from './tools.mjs';

/** A tool that closes its stream before the answer; the client comes back for it. Revision 2025-11-25. */
export function registerReconnection(server) {
  server.registerTool('test_reconnection', { description: 'Closes its stream and answers later' }, async context => {
    context.http?.closeSSE?.();
    await pause(100);
    return { content: [text('You came back')] };
  });
}
