// What caniemail.com knows of the HTML and CSS in a mail: the features that each client lacks, as JSON.
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

const [, , path, ...clients] = process.argv;
const html = readFileSync(path, "utf8");
const lacking = clients.map((client) => {
  const { issues } = caniemail({ clients: [client], html });
  const titles = [...issues.errors.values()].flat().map((issue) => issue.title);
  return [client, [...new Set(titles)].sort()];
});
console.log(JSON.stringify(Object.fromEntries(lacking)));
