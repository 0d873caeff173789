import { setTimeout as pause } from 'node:timers/promises';
import { fromJsonSchema } from '@modelcontextprotocol/server';
import { AUDIO, IMAGE } from './samples.mjs';

const STEP = 50;

/** Tools that answer by themselves, one for each kind of content and of notification. */
export function registerTools(server) {
  content(server, 'test_simple_text', 'Answers with text', [text('This is a simple text response for testing.')]);
  content(server, 'test_image_content', 'Answers with an image', [image()]);
  content(server, 'test_audio_content', 'Answers with audio', [
    { type: 'audio', data: AUDIO, mimeType: 'audio/wav' }
  ]);
  content(server, 'test_embedded_resource', 'Answers with a resource', [
    embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')
  ]);
  content(server, 'test_multiple_content_types', 'Answers with text, an image and a resource', [
    text('Multiple content types test:'),
    image(),
    embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}')
  ]);
  failing(server);
  logging(server, 'test_tool_with_logging');
  logging(server, 'test_logging_tool');
  progressing(server);
  server.registerTool(
    'json_schema_2020_12_tool',
    { description: 'Takes what JSON Schema 2020-12 can describe', inputSchema: fromJsonSchema(CONTACT) },
    async ({ name }) => ({ content: [text(`Contact: ${name}`)] })
  );
  server.registerTool(
    'test_header_parameter',
    { description: 'Takes an argument that is mirrored in a header', inputSchema: fromJsonSchema(REGION) },
    async ({ region }) => ({ content: [text(`Region: ${region}`)] })
  );
}

function content(server, name, description, blocks) {
  server.registerTool(name, { description }, async () => ({ content: blocks }));
}

function failing(server) {
  server.registerTool('test_error_handling', { description: 'Always fails' }, async () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
}

function logging(server, name) {
  server.registerTool(name, { description: 'Logs while it works' }, async context => {
    await context.mcpReq.log('info', 'Tool execution started');
    await pause(STEP);
    await context.mcpReq.log('info', 'Tool processing data');
    await pause(STEP);
    await context.mcpReq.log('info', 'Tool execution completed');
    return { content: [text('Tool with logging executed successfully')] };
  });
}

function progressing(server) {
  server.registerTool('test_tool_with_progress', { description: 'Reports its progress' }, async context => {
    const { progressToken } = context.mcpReq._meta ?? {};
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        await context.mcpReq.notify({
          method: 'notifications/progress',
          params: { progressToken, progress, total: 100 }
        });
      }
      if (progress < 100) {
        await pause(STEP);
      }
    }
    return { content: [text('Tool with progress executed successfully')] };
  });
}

export function text(value) {
  return { type: 'text', text: value };
}

export function image() {
  return { type: 'image', data: IMAGE, mimeType: 'image/png' };
}

export function embedded(uri, mimeType, value) {
  return { type: 'resource', resource: { uri, mimeType, text: value } };
}

const CONTACT = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } }
    }
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' }
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false
};

const REGION = {
  type: 'object',
  properties: { region: { type: 'string', 'x-mcp-header': 'Region' } },
  required: ['region']
};
