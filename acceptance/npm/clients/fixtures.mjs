import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { lists } from './lists.mjs';

const LOG_LEVEL = 'io.modelcontextprotocol/logLevel';
const WATCHED = 'test://watched-resource';

/** Uses a server that has the official suite's fixtures, all or some, in whichever era it speaks. */
export async function useFixtures(connect) {
  const peer = await connect();
  const { client } = peer;
  const modern = peer.transport.sessionId === undefined;
  const seen = await lists(client);
  const has = name => seen.tools.includes(name);
  return {
    modern,
    ...seen,
    text: await peer.call('test_simple_text'),
    mixed: await peer.call('test_multiple_content_types'),
    error: await peer.call('test_error_handling'),
    unknownTool: await refusal(() => peer.call('no_such_tool')),
    resource: await client.readResource({ uri: 'test://static-text' }),
    binary: await client.readResource({ uri: 'test://static-binary' }),
    templated: await client.readResource({ uri: 'test://template/7/data' }),
    noResource: await refusal(() => client.readResource({ uri: 'test://nowhere' })),
    prompt: await client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'a', arg2: 'ü' } }),
    completion: await client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
      argument: { name: 'arg1', value: 'testi' }
    }),
    progress: await progress(peer),
    logs: await logs(peer, modern),
    sampled: await peer.call('test_sampling', { prompt: 'Who is there?' }),
    elicited: await peer.call('test_elicitation', { message: 'Who are you?' }),
    rounds: modern && has('test_input_required_result_multi_round') && (await peer.call('test_input_required_result_multi_round')),
    header: has('test_header_parameter') && (await peer.call('test_header_parameter', { region: 'Zürich' })),
    changes: has('test_trigger_resource_change') && (await changes(peer, modern)),
    cancelled: has('test_cancellation') && (await cancellation(peer)),
    reconnected: !modern && has('test_reconnection') && (await peer.call('test_reconnection'))
  };
}

async function progress(peer) {
  const reported = [];
  const result = await peer.call('test_tool_with_progress', {}, { onprogress: each => reported.push(each) });
  return { reported, result };
}

async function logs(peer, modern) {
  if (!modern) {
    await peer.client.setLoggingLevel('debug');
  }
  await peer.call('test_tool_with_logging', {}, undefined, modern ? { [LOG_LEVEL]: 'debug' } : undefined);
  return peer.heard.of('notifications/message');
}

/** Watches a resource and the list of tools, makes both change, and hears of it. */
async function changes(peer, modern) {
  const subscription = modern
    ? await peer.client.listen({ toolsListChanged: true, resourceSubscriptions: [WATCHED] })
    : await peer.client.subscribeResource({ uri: WATCHED });
  await peer.call('test_trigger_resource_change');
  await peer.call('test_trigger_tool_change');
  await peer.heard.first('notifications/tools/list_changed');
  const { uri } = await peer.heard.first('notifications/resources/updated');
  await (modern ? subscription.close() : peer.client.unsubscribeResource({ uri: WATCHED }));
  return { honored: subscription.honoredFilter, uri };
}

/** Gives up a call that has begun, and sees that the server noticed. */
async function cancellation(peer) {
  const controller = new AbortController();
  const key = randomUUID();
  const abandoned = await refusal(() =>
    peer.call('test_cancellation', { key }, { signal: controller.signal, onprogress: () => controller.abort('enough') }));
  while ((await peer.call('test_cancellation_noticed', { key })).content[0].text !== 'yes') {
    await pause(10);
  }
  return abandoned;
}

async function refusal(work) {
  return work().then(
    result => ({ result }),
    error => ({ code: error.code, message: error.message })
  );
}
