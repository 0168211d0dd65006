// What music-metadata reads in an MP3: prints it as JSON, without the picture's bytes.
import { parseFile } from "music-metadata";

const { format, common } = await parseFile(process.argv[2], { includeChapters: true, duration: true });
const pictures = (common.picture ?? []).map(({ format, type, data }) => ({ format, type, bytes: data.length }));
console.log(JSON.stringify({ format, common: { ...common, picture: pictures } }));
