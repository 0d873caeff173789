/** The names of all that a server offers. */
export async function lists(client) {
  const { tools } = await client.listTools();
  const { prompts } = await client.listPrompts();
  const { resources } = await client.listResources();
  const { resourceTemplates } = await client.listResourceTemplates();
  return {
    server: client.getServerVersion(),
    capabilities: client.getServerCapabilities(),
    tools: tools.map(tool => tool.name),
    schemas: tools.map(tool => tool.inputSchema),
    prompts,
    resources,
    resourceTemplates
  };
}
