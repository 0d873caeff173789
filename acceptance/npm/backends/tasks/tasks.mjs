import { randomUUID } from 'node:crypto';
import { Refusal } from './requests.mjs';

/** The tasks of all callers. */
export class Tasks {
  #all = new Map();

  has(id) {
    return this.#all.has(id);
  }

  get(id) {
    const task = this.#all.get(id);
    if (task === undefined) {
      throw new Refusal(200, -32602, 'no such task');
    }
    return task;
  }

  /** Begins a task, whose work is given the task and returns its result. */
  begin(work) {
    const task = new Task();
    this.#all.set(task.id, task);
    task.run(work);
    return { resultType: 'task', ...task.state() };
  }
}

class Task {
  id = randomUUID();
  #status = 'working';
  #created = new Date().toISOString();
  #updated = this.#created;
  #outcome = {};
  #open = new Map();
  #watchers = new Set();
  #ended = new AbortController();

  async run(work) {
    try {
      this.#end('completed', { result: { resultType: 'complete', ...(await work(this)) } });
    } catch (error) {
      this.#end('failed', { error: { code: -32603, message: error.message } });
    }
  }

  /** Aborted once the task has been cancelled. */
  get signal() {
    return this.#ended.signal;
  }

  /** What the client answers to a question. */
  ask(key, request) {
    return new Promise(resolve => {
      this.#open.set(key, { request, resolve });
      this.#become('input_required');
    });
  }

  answer(responses) {
    for (const [key, response] of Object.entries(responses ?? {})) {
      const question = this.#open.get(key);
      this.#open.delete(key);
      question?.resolve(response);
    }
    if (this.#status === 'input_required') {
      this.#become(this.#open.size === 0 ? 'working' : 'input_required');
    }
    return {};
  }

  cancel() {
    this.#end('cancelled', {});
    this.#ended.abort();
    return {};
  }

  state() {
    return {
      taskId: this.id,
      status: this.#status,
      createdAt: this.#created,
      lastUpdatedAt: this.#updated,
      ttlMs: 600_000,
      pollIntervalMs: 50
    };
  }

  /** With its questions, its result or its error. */
  detailed() {
    const requests = [...this.#open].map(([key, { request }]) => [key, request]);
    return {
      ...this.state(),
      ...(this.#status === 'input_required' && { inputRequests: Object.fromEntries(requests) }),
      ...this.#outcome
    };
  }

  /** Calls back with the present state and with every later one; returns how to stop that. */
  watch(changed) {
    this.#watchers.add(changed);
    changed();
    return () => this.#watchers.delete(changed);
  }

  #end(status, outcome) {
    if (!['completed', 'failed', 'cancelled'].includes(this.#status)) {
      this.#outcome = outcome;
      this.#become(status);
    }
  }

  #become(status) {
    this.#status = status;
    this.#updated = new Date().toISOString();
    this.#watchers.forEach(changed => changed());
  }
}
