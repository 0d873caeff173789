import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  inputResponse
} from '@modelcontextprotocol/server';
import { randomBytes } from 'node:crypto';
import { text } from './tools.mjs';

/** Seals what a round has learned for the next one. */
export const requestState = createRequestStateCodec({ key: randomBytes(32) });

const NAME = property('name', 'string');
const OK = property('ok', 'boolean');
const nameQuestion = () => inputRequired.elicit({ message: 'What is your name?', requestedSchema: NAME });
const confirmation = () => inputRequired.elicit({ message: 'Please confirm', requestedSchema: OK });
const greeting = () => sampling('Generate a greeting', 50);

/** Tools and a prompt that need more than one round. MRTR, revision 2026-07-28. */
export function registerInputRequired(server) {
  one(server, 'elicitation', 'user_name', nameQuestion, context => {
    const answer = acceptedContent(context.mcpReq.inputResponses, 'user_name');
    return typeof answer?.name === 'string' ? `Hello, ${answer.name}!` : undefined;
  });
  one(server, 'sampling', 'capital_question', () => sampling('What is the capital of France?', 100), context => {
    const answer = inputResponse(context.mcpReq.inputResponses, 'capital_question');
    return answer.kind === 'sampling' ? `The model says: ${answer.result.content.text}` : undefined;
  });
  one(server, 'list_roots', 'client_roots', () => inputRequired.listRoots(), context => {
    const answer = inputResponse(context.mcpReq.inputResponses, 'client_roots');
    return answer.kind === 'roots' ? `Roots: ${JSON.stringify(answer.roots)}` : undefined;
  });
  confirmed(server, 'request_state', 'state-ok');
  confirmed(server, 'tampered_state', 'The state is as it was');
  severalInputs(server);
  severalRounds(server);
  asFarAsDeclared(server);
  prompt(server);
}

function tool(server, name, description, run) {
  server.registerTool(`test_input_required_result_${name}`, { description }, run);
}

function one(server, name, key, request, answered) {
  tool(server, name, `Needs ${key} of the client`, async context => {
    const answer = answered(context);
    return answer === undefined ? inputRequired({ inputRequests: { [key]: request() } }) : said(answer);
  });
}

/** The SDK verifies the state before the tool runs. */
function confirmed(server, name, answer) {
  tool(server, name, 'Needs a confirmation beside its own state', async context => {
    const accepted = acceptedContent(context.mcpReq.inputResponses, 'confirm');
    return accepted?.ok === true && context.mcpReq.requestState()?.tool === name
      ? said(answer)
      : inputRequired({
          inputRequests: { confirm: confirmation() },
          requestState: await requestState.mint({ tool: name })
        });
  });
}

function severalInputs(server) {
  tool(server, 'multiple_inputs', 'Needs three answers at once', async context => {
    const answers = context.mcpReq.inputResponses;
    const accepted = acceptedContent(answers, 'user_name');
    const message = inputResponse(answers, 'greeting');
    const roots = inputResponse(answers, 'client_roots');
    return accepted && message.kind === 'sampling' && roots.kind === 'roots'
      ? said(`${message.result.content.text} ${accepted.name}, with ${roots.roots.length} roots`)
      : inputRequired({
          inputRequests: { user_name: nameQuestion(), greeting: greeting(), client_roots: inputRequired.listRoots() },
          requestState: await requestState.mint({ tool: 'multiple_inputs' })
        });
  });
}

function severalRounds(server) {
  tool(server, 'multi_round', 'Needs two answers, one after the other', async context => {
    const state = context.mcpReq.requestState();
    const name = state?.name ?? acceptedContent(context.mcpReq.inputResponses, 'step1')?.name;
    if (name === undefined) {
      return step('step1', 'Step 1: What is your name?', NAME, { round: 1 });
    }
    const color = acceptedContent(context.mcpReq.inputResponses, 'step2')?.color;
    return color === undefined
      ? step('step2', 'Step 2: What is your favorite color?', property('color', 'string'), { round: 2, name })
      : said(`${name} likes ${color}`);
  });
}

async function step(key, message, requestedSchema, state) {
  return inputRequired({
    inputRequests: { [key]: inputRequired.elicit({ message, requestedSchema }) },
    requestState: await requestState.mint(state)
  });
}

function asFarAsDeclared(server) {
  tool(server, 'capabilities', 'Asks for what the client declared', async context => {
    if (context.mcpReq.inputResponses !== undefined) {
      return said('Every question was answered');
    }
    const declared = context.mcpReq.envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? {};
    const inputRequests = {
      ...(declared.elicitation && { user_name: nameQuestion() }),
      ...(declared.sampling && { greeting: greeting() }),
      ...(declared.roots && { client_roots: inputRequired.listRoots() })
    };
    return Object.keys(inputRequests).length === 0 ? said('There is nothing to ask') : inputRequired({ inputRequests });
  });
}

function prompt(server) {
  server.registerPrompt(
    'test_input_required_result_prompt',
    { description: 'A prompt that needs an answer first' },
    async context => {
      const accepted = acceptedContent(context.mcpReq.inputResponses, 'user_context');
      return accepted === undefined
        ? inputRequired({
            inputRequests: {
              user_context: inputRequired.elicit({
                message: 'What context should the prompt use?',
                requestedSchema: property('context', 'string')
              })
            }
          })
        : { messages: [{ role: 'user', content: text(`Use this context: ${accepted.context}`) }] };
    }
  );
}

function property(name, type) {
  return { type: 'object', properties: { [name]: { type } }, required: [name] };
}

function sampling(words, maxTokens) {
  return inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: words } }], maxTokens });
}

function said(words) {
  return { content: [text(words)] };
}
