import { createReadStream } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse';

/*
 * What `sqlite3 .import` and an index do, where that program is not installed: every cell of a CSV into a table, as text.
 * Arguments: the file, the database, the number's column from 0.
 */
const [file = '', database = '', column = '0'] = process.argv.slice(2);
const db = new DatabaseSync(database);
let add: ReturnType<typeof db.prepare> | undefined;
db.exec('BEGIN');
for await (const cells of createReadStream(file).pipe(parse()) as AsyncIterable<string[]>) {
  if (!add) {
    db.exec(`CREATE TABLE list (${cells.map((_, i) => `c${i} TEXT`).join(', ')})`);
    add = db.prepare(`INSERT INTO list VALUES (${cells.map(() => '?').join(', ')})`);
  }
  add.run(...cells);
}
db.exec(`COMMIT; CREATE INDEX by_number ON list (c${column})`);
db.close();
