const HEAD_BYTES = 65_536;

/** The column names in the first line of a CSV file. */
export function columnsOf(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));
  const columns: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    columns.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    if (match[3] !== ',') break;
  }
  return columns.filter((name) => name !== '');
}
