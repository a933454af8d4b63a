/** A word as a POSIX shell takes it, whatever is in it; control characters, which a terminal might obey when it is pasted, are dropped. */
export function quote(word: string): string {
  const plain = word.replace(/\p{Cc}/gu, '');
  return /^[\w@%+=:,./-]+$/.test(plain) && !plain.startsWith('-') ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
}
