declare module 'autocannon' {
  type Client = { setRequests(requests: readonly object[]): void };
  type Options = { url: string; connections: number; duration: number; method: string; setupClient(client: Client): void };
  type Result = { '2xx': number; non2xx: number; errors: number; timeouts: number; duration: number };
  export default function autocannon(options: Options): Promise<Result>;
}
