// Sends the requests of standard input with the JavaScript SDK, and prints a result for each.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [url, region, folder] = process.argv.slice(2);
const sdk = createRequire(folder + "/")("@aws-sdk/client-sesv2");
const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
const client = new sdk.SESv2Client({ endpoint: url, region, credentials, maxAttempts: 1 });
for (const [operation, request] of JSON.parse(readFileSync(0, "utf8"))) {
  let result;
  try {
    result = await client.send(new sdk[operation + "Command"](request));
  } catch (error) {
    if (!error.$metadata) throw error;
    result = { error: [error.name, error.message] };
  }
  console.log(JSON.stringify(result));
}
