// What node-webvtt reads in WebVTT, strictly: prints the cues as JSON.
import { readFileSync } from "node:fs";
import webvtt from "node-webvtt";

console.log(JSON.stringify(webvtt.parse(readFileSync(process.argv[2], "utf8"), { strict: true }).cues));
