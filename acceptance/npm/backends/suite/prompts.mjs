import { fromJsonSchema } from '@modelcontextprotocol/server';
import { embedded, image, text } from './tools.mjs';

/** Prompts, one for each kind of content, and the completion of their arguments. */
export function registerPrompts(server) {
  server.registerPrompt('test_simple_prompt', { description: 'A prompt without arguments' }, async () =>
    messages(text('This is a simple prompt for testing.')));
  server.registerPrompt(
    'test_prompt_with_arguments',
    {
      description: 'A prompt with two arguments',
      argsSchema: parameters({ arg1: 'First test argument', arg2: 'Second test argument' })
    },
    async ({ arg1, arg2 }) => messages(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    {
      description: 'A prompt that embeds a resource',
      argsSchema: parameters({ resourceUri: 'URI of the resource to embed' })
    },
    async ({ resourceUri }) =>
      messages(
        embedded(resourceUri, 'text/plain', 'Embedded resource content for testing.'),
        text('Please process the embedded resource above.')
      )
  );
  server.registerPrompt('test_prompt_with_image', { description: 'A prompt with an image' }, async () =>
    messages(image(), text('Please analyze the image above.')));
  server.server.setRequestHandler('completion/complete', async ({ params }) => complete(params.argument.value));
}

function complete(begun) {
  const values = ['test', 'testing', 'test value'].filter(value => value.startsWith(begun));
  return { completion: { values, total: values.length, hasMore: false } };
}

function messages(...contents) {
  return { messages: contents.map(content => ({ role: 'user', content })) };
}

function parameters(descriptions) {
  return fromJsonSchema({
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(descriptions).map(([name, description]) => [name, { type: 'string', description }])
    ),
    required: Object.keys(descriptions)
  });
}
