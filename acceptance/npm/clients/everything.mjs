import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { lists } from './lists.mjs';

const RESOURCE = 'demo://resource/dynamic/text/1';
const LONG = 'trigger-long-running-operation';

/** Uses `@modelcontextprotocol/server-everything`. */
export async function useEverything(connect) {
  const peer = await connect();
  const { client, call } = peer;
  const report = {
    ...(await lists(client)),
    echo: await call('echo', { message: 'Grüße, 世界' }),
    sum: await call('get-sum', { a: 2, b: 40 }),
    image: await call('get-tiny-image'),
    structured: await call('get-structured-content', { location: 'Chicago' }),
    wrongArgument: await call('get-sum', { a: 'two' }).catch(error => error.message),
    prompt: await client.getPrompt({ name: 'args-prompt', arguments: { city: 'Bern' } }),
    resource: (await client.readResource({ uri: RESOURCE })).contents[0].uri,
    progress: await progress(peer),
    sampled: await call('trigger-sampling-request', { prompt: 'Who is there?', maxTokens: 10 }),
    elicited: await call('trigger-elicitation-request'),
    roots: await call('get-roots-list'),
    updated: await updated(peer),
    logged: await logged(peer),
    cancelled: await cancelled(peer),
    resumed: await resumed(connect)
  };
  await client.close();
  return report;
}

async function progress(peer) {
  const reported = [];
  const onprogress = each => reported.push(each);
  const result = await peer.call(LONG, { duration: 0.2, steps: 2 }, { onprogress });
  return { reported, result };
}

async function updated(peer) {
  await peer.client.subscribeResource({ uri: RESOURCE });
  await peer.call('toggle-subscriber-updates');
  const heard = await peer.heard.first('notifications/resources/updated');
  await peer.call('toggle-subscriber-updates');
  return heard;
}

/** Subscribing is itself logged, on the stream that is not part of a request. */
async function logged(peer) {
  const { level } = await peer.heard.first('notifications/message', ({ data }) => data.startsWith('Received Subscribe'));
  return level;
}

async function cancelled(peer) {
  const controller = new AbortController();
  const options = { signal: controller.signal, onprogress: () => controller.abort('enough') };
  return peer.call(LONG, { duration: 1, steps: 10 }, options).catch(error => error.message);
}

/** Loses its connection in the middle of a call, comes back to the session, and gets the rest. */
async function resumed(connect) {
  const first = await connect();
  const events = new EventEmitter();
  let last;
  const options = {
    onprogress: () => events.emit('begun'),
    onresumptiontoken: token => (last = token)
  };
  const abandoned = first.call(LONG, { duration: 0.3, steps: 3 }, options).catch(() => undefined);
  await once(events, 'begun');
  const { sessionId } = first.transport;
  await first.client.close();
  await abandoned;
  await pause(500);
  const second = await connect(sessionId);
  return second.call(LONG, {}, { resumptionToken: last });
}
