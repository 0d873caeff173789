import { text } from './tools.mjs';
import { WATCHED } from './resources.mjs';

/**
 * Tools that make something change, for clients that watch: by `subscriptions/listen` in the modern era, by
 * notifications of their session in the older ones.
 */
export function registerChanges(server, era, notify) {
  const watched = new Set();
  if (era === 'legacy') {
    server.server.setRequestHandler('resources/subscribe', async ({ params }) => {
      watched.add(params.uri);
      return {};
    });
    server.server.setRequestHandler('resources/unsubscribe', async ({ params }) => {
      watched.delete(params.uri);
      return {};
    });
  }
  const change = (name, modern, legacy) =>
    server.registerTool(name, { description: 'Makes something change' }, async () => {
      await (era === 'modern' ? modern() : legacy());
      return { content: [text('It has changed')] };
    });
  change('test_trigger_tool_change', () => notify().toolsChanged(), () => server.sendToolListChanged());
  change('test_trigger_prompt_change', () => notify().promptsChanged(), () => server.sendPromptListChanged());
  change('test_trigger_resource_change', () => notify().resourceUpdated(WATCHED), async () => {
    if (watched.has(WATCHED)) {
      await server.server.sendResourceUpdated({ uri: WATCHED });
    }
  });
}
