import { fromJsonSchema, inputRequired, inputResponse } from '@modelcontextprotocol/server';
import { text } from './tools.mjs';

/**
 * Tools that ask once and answer with what they were told. In the older revisions the SDK turns the same
 * `input_required` into a request of its own on the response's stream.
 */
export function registerAskingTools(server) {
  server.registerTool(
    'test_sampling',
    { description: "Asks the client's model", inputSchema: argument('prompt', 'The prompt for the model') },
    ({ prompt }, context) =>
      ask(context, inputRequired.createMessage({ messages: [said(prompt)], maxTokens: 100 }), answer =>
        `LLM response: ${answer.result.content.text}`)
  );
  server.registerTool(
    'test_elicitation',
    { description: "Asks the client's user", inputSchema: argument('message', 'The message for the user') },
    ({ message }, context) => elicit(context, message, USER, 'User response')
  );
  form(server, 'test_elicitation_sep1034_defaults', 'Asks with default values', DEFAULTS);
  form(server, 'test_elicitation_sep1330_enums', 'Asks with every kind of choice', CHOICES);
  form(server, 'test_streaming_elicitation', 'Asks the user, whatever the stream carries', USER);
  server.registerTool('test_missing_capability', { description: 'Needs a client that samples' }, context =>
    ask(context, inputRequired.createMessage({ messages: [said('Are you there?')], maxTokens: 10 }), () => 'It is there'));
}

function form(server, name, description, schema) {
  server.registerTool(name, { description }, context =>
    elicit(context, 'Please fill in the form', schema, 'Elicitation completed'));
}

function elicit(context, message, requestedSchema, label) {
  return ask(context, inputRequired.elicit({ message, requestedSchema }), ({ action, content }) =>
    `${label}: action=${action}, content=${JSON.stringify(content ?? {})}`);
}

async function ask(context, request, answered) {
  const answer = inputResponse(context.mcpReq.inputResponses, 'answer');
  return answer.kind === 'missing'
    ? inputRequired({ inputRequests: { answer: request } })
    : { content: [text(answered(answer))] };
}

function argument(name, description) {
  return fromJsonSchema({ type: 'object', properties: { [name]: { type: 'string', description } }, required: [name] });
}

function said(words) {
  return { role: 'user', content: { type: 'text', text: words } };
}

const USER = {
  type: 'object',
  properties: {
    username: { type: 'string', description: "User's response" },
    email: { type: 'string', description: "User's email address" }
  },
  required: ['username', 'email']
};

const DEFAULTS = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'Name', default: 'John Doe' },
    age: { type: 'integer', description: 'Age', default: 30 },
    score: { type: 'number', description: 'Score', default: 95.5 },
    status: { type: 'string', description: 'Status', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', description: 'Whether it is verified', default: true }
  },
  required: []
};

const CHOICES = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
    titledSingle: { type: 'string', oneOf: titled('Option') },
    legacyEnum: {
      type: 'string',
      enum: ['opt1', 'opt2', 'opt3'],
      enumNames: ['Option One', 'Option Two', 'Option Three']
    },
    untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
    titledMulti: { type: 'array', items: { anyOf: titled('Choice') } }
  },
  required: []
};

function titled(word) {
  return ['First', 'Second', 'Third'].map((rank, index) => ({ const: `value${index + 1}`, title: `${rank} ${word}` }));
}
