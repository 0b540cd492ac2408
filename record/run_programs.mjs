// A program once for each environment given on standard input; what `console.error` prints of its error, as JSON.
// `whole` keeps the stack and the fields of the error, else what stands before the stack.
import { readFileSync } from "node:fs";
import { inspect } from "node:util";

const order = JSON.parse(readFileSync(0, "utf-8"));
const told = [];
for (const [number, environment] of order.environments.entries()) {
  Object.assign(process.env, environment);
  const text = await import(`./${order.program}?${number}`).then(() => "", (error) => inspect(error));
  told.push(order.whole ? `${text}\n` : `${text.split("\n    at ")[0]}\n`);
}
process.stdout.write(JSON.stringify(told));
