// Renders each line of the input, [template, data], with handlebars.js, and prints the text, or null for an error.
// Values are made texts without HTML escaping. The option noEscape would add neighbouring numbers: {{a}}{{b}} of 1 and 2 is 3.
const handlebars = require(process.argv[2]);
const readline = require("readline");

handlebars.Utils.escapeExpression = (value) => (value === null || value === undefined ? "" : String(value));
handlebars.log = () => {};

function render([template, data]) {
  try {
    return handlebars.compile(template)(data);
  } catch (error) {
    return null;
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(JSON.stringify(render(JSON.parse(line))) + "\n");
});
