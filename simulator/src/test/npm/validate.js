// Validates answers of the simulated GitHub against GitHub's OpenAPI description.
//
// Reads JSON lines {"name", "method", "path", "version", "payload"} from standard input; `path` is the
// description's path template. Writes one line for each: {"name", "errors": [...]}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);
const oldest = "2022-11-28";
const description = JSON.parse(
  readFileSync(require.resolve("@octokit/openapi/generated/api.github.com.json"), "utf8"),
);

/** The description is that of the oldest version; its breaking changes lead to a later one. */
function describedIn(version, node) {
  if (Array.isArray(node)) return node.map((item) => describedIn(version, item));
  if (node === null || typeof node !== "object") return node;
  let result = Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== "x-github-breaking-changes")
      .map(([key, value]) => [key, describedIn(version, value)]),
  );
  const changes = node["x-github-breaking-changes"];
  if (version === oldest || !Array.isArray(changes)) return result;
  for (const change of changes.filter((change) => change.version <= version)) {
    result = Array.isArray(change.patch)
      ? jsonPatch(result, change.patch)
      : mergePatch(result, change.patch);
  }
  return result;
}

/** RFC 7396. */
function mergePatch(target, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const merged = target !== null && typeof target === "object" && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** RFC 6902, as far as the description uses it for what we validate: removal. */
function jsonPatch(target, operations) {
  const patched = structuredClone(target);
  for (const { op, path } of operations) {
    if (op !== "remove") throw new Error(`JSON Patch operation "${op}" is not known here`);
    const steps = path.split("/").slice(1);
    const last = steps.pop();
    const parent = steps.reduce((node, step) => node[step], patched);
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }
  return patched;
}

/** OpenAPI 3.0 to JSON Schema 2020-12: `nullable`, discriminators, and what only describes. */
function toJsonSchema(node) {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (node === null || typeof node !== "object") return node;
  const { nullable, discriminator, example, externalDocs, xml, ...rest } = node;
  const schema = {};
  for (const [key, value] of Object.entries(rest)) {
    if (key.startsWith("x-")) continue;
    if (key === "properties") {
      schema.properties = Object.fromEntries(
        Object.entries(value).map(([name, property]) => [name, toJsonSchema(property)]),
      );
    } else if (key === "$ref") {
      schema.$ref = value.replace("#/components/schemas/", "#/$defs/");
    } else {
      schema[key] = key === "enum" || key === "default" ? value : toJsonSchema(value);
    }
  }
  if (discriminator) return discriminated(schema, discriminator);
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

/** The property says which alternative holds, and only that one counts. */
function discriminated(schema, { propertyName, mapping }) {
  const { oneOf, anyOf, ...others } = schema;
  return {
    ...others,
    type: "object",
    required: [propertyName],
    properties: { [propertyName]: { enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([value, reference]) => ({
      if: { properties: { [propertyName]: { const: value } } },
      then: { $ref: reference.replace("#/components/schemas/", "#/$defs/") },
    })),
  };
}

/** The schemas that a schema refers to, directly and by others. */
function definitions(schema, version, found = {}) {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
    if (!(name in found)) {
      found[name] = toJsonSchema(describedIn(version, description.components.schemas[name]));
      definitions(found[name], version, found);
    }
  }
  return found;
}

function responseSchema(method, path, version) {
  const operation = description.paths[path]?.[method.toLowerCase()];
  const schema = operation?.responses?.["200"]?.content?.["application/json"]?.schema;
  if (!schema) throw new Error(`the description has no 200 response for ${method} ${path}`);
  return toJsonSchema(describedIn(version, schema));
}

const validators = new Map();

function validator(method, path, version) {
  const key = `${method} ${path} ${version}`;
  if (!validators.has(key)) validators.set(key, compile(method, path, version));
  return validators.get(key);
}

function compile(method, path, version) {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  addFormats(ajv);
  const schema = responseSchema(method, path, version);
  return ajv.compile({ ...schema, $defs: definitions(schema, version) });
}

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { name, method, path, version, payload } = JSON.parse(line);
  const validate = validator(method, path, version);
  const errors = validate(payload)
    ? []
    : validate.errors.map((e) => `${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`);
  console.log(JSON.stringify({ name, errors }));
}
