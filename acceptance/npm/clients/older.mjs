/** Uses a server of an older revision with the habits of many, until it has forgotten the session. */
export async function useOlder(connect) {
  const { client, call, transport } = await connect();
  const { tools } = await client.listTools();
  const report = {
    version: transport.protocolVersion,
    tools: tools.map(tool => tool.name),
    streamed: (await call('hello')).content[0].text,
    compressed: (await call('compressed')).content[0].text,
    silent: await failure(() => call('silent')),
    forgotten: (await call('forget')).content[0].text,
    afterwards: await failure(() => call('hello'))
  };
  return report;
}

async function failure(call) {
  try {
    await call();
    return null;
  } catch (error) {
    return { code: error.code ?? error.status, message: error.message };
  }
}
