export type XmlAttribute = { name: string; value: string; at: number };

/** An element with offsets into the text. */
export type XmlElement = {
  name: string;
  at: number;
  attributes: readonly XmlAttribute[];
  children: XmlElement[];
  /** Its own text, pieces joined, entities decoded. */
  text: string;
  /** Where that text first has something other than space. */
  textAt?: number;
};
