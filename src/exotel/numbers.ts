/**
 * A number as Exotel writes it on the wire: Indian ones with a leading 0 (`09876543210`), others and `sip:` addresses as
 * they are. Seen in every captured request; how Exotel writes foreign numbers is not known.
 */
export const national = (number: string): string => number.replace(/^\+91(?=\d{10}$)/, '0');
