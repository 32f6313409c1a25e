import type { AddressInfo } from 'node:net';
import { createEchoServer } from '#lab/echo-server';

const [address, port] = process.argv.slice(2);
const server = createEchoServer();
server.listen(Number(port), address, () =>
  console.log(`listening ${(server.address() as AddressInfo).port}`),
);
