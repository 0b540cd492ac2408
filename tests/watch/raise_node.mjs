// Every error that the SDK in the folder argv[2] knows, raised by a call to the API at argv[3], as JSON.
// Statuses without a code are given as argv[4]: the SDK keeps its own list of them to itself.
import { inspect } from "node:util";
import { pathToFileURL } from "node:url";

const [folder, baseURL, statuses] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(`${folder}/${file}`));
const { default: Anthropic } = await load("index.mjs");
const { ERROR_CODE_CLASSES } = await load("core/error-classes.mjs");
const known = await load("core/error.mjs");
const client = new Anthropic({ apiKey: "test-key", baseURL, maxRetries: 0 });

async function raised(status, code) {
  const error = await client.messages.create({ model: `${status} ${code ?? "-"}`, max_tokens: 1, messages: [] }).then(
    () => { throw new Error(`${status} ${code}: nothing was raised`); }, (error) => error);
  return [status, code, error.constructor.name, inspect(error)];
}

const rows = [];
for (const status of statuses.split(",")) rows.push(await raised(status, null));
for (const key of ERROR_CODE_CLASSES.keys()) rows.push(await raised(...key.split(" ")));
const raisedNames = new Set(rows.map((row) => row[2]));
const classes = Object.keys(known).filter((name) => !raisedNames.has(name)).sort();
process.stdout.write(JSON.stringify({ rows, classes }));
