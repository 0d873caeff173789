/** Signs in, lists the tools of a server and calls one. */
export async function useOneTool(connect) {
  const { client, call, transport } = await connect();
  const [name, argumentsOfCall] = [process.argv[5], JSON.parse(process.argv[6])];
  const { tools } = await client.listTools();
  const { content } = await call(name, argumentsOfCall);
  return {
    modern: transport.sessionId === undefined,
    server: client.getServerVersion()?.name,
    tools: tools.map(tool => tool.name),
    text: content[0].text
  };
}
