import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from './requests.mjs';

const EXTENSION = 'io.modelcontextprotocol/tasks';

/** At once, for every client. */
const IMMEDIATE = {
  greet: ({ name }) => text(`Hello, ${name}!`)
};

/** As tasks, for clients that have the extension. */
const TASKS = {
  slow_compute: async ({ seconds, label }, { signal }) => {
    await pause(seconds * 1000, undefined, { signal });
    return text(`computed ${label}`);
  },
  failing_job: async () => {
    await pause(200);
    return { ...text('the job failed'), isError: true };
  },
  protocol_error_job: async () => {
    await pause(200);
    throw new Error('the job broke down');
  },
  confirm_delete: async ({ filename }, task) => {
    const { action, content } = await task.ask('confirm', question(`Delete ${filename}?`, 'confirm', 'boolean'));
    return text(action === 'accept' && content?.confirm ? `deleted ${filename}` : `kept ${filename}`);
  },
  multi_input: async (_, task) => {
    const answers = await Promise.all([
      task.ask('first', question('First name?', 'name', 'string')),
      task.ask('last', question('Last name?', 'name', 'string'))
    ]);
    return text(answers.map(({ content }) => content?.name).join(' '));
  }
};

/** Those that cannot be called otherwise than as tasks. */
const ONLY_AS_TASKS = ['failing_job', 'confirm_delete', 'multi_input', 'test_tool_with_task'];

export const TOOLS = [...Object.keys(IMMEDIATE), ...Object.keys(TASKS), 'test_tool_with_task'].map(name => ({
  name,
  inputSchema: { type: 'object' }
}));

export function callTool({ name, arguments: args = {}, inputResponses }, client, tasks) {
  if (IMMEDIATE[name] !== undefined) {
    return IMMEDIATE[name](args);
  }
  const extension = client.extensions?.[EXTENSION] !== undefined;
  if (!extension && ONLY_AS_TASKS.includes(name)) {
    throw new Refusal(400, -32021, `${name} runs as a task`, { requiredCapabilities: { extensions: { [EXTENSION]: {} } } });
  }
  if (name === 'test_tool_with_task') {
    return afterQuestion(inputResponses, tasks);
  }
  if (TASKS[name] === undefined) {
    throw new Refusal(200, -32602, `Unknown tool: ${name}`);
  }
  return extension ? tasks.begin(task => TASKS[name](args, task)) : TASKS[name](args, {});
}

/** Asks within the call first, and then goes on as a task. */
function afterQuestion(responses, tasks) {
  const name = responses?.user_name?.content?.name;
  if (name === undefined) {
    return {
      resultType: 'input_required',
      inputRequests: { user_name: question('What is your name?', 'name', 'string') },
      requestState: 'asked'
    };
  }
  return tasks.begin(async () => text(`Hello, ${name}!`));
}

function question(message, name, type) {
  const requestedSchema = { type: 'object', properties: { [name]: { type } }, required: [name] };
  return { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema } };
}

function text(text) {
  return { content: [{ type: 'text', text }] };
}
