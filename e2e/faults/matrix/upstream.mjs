// The upstream of the sites of the matrix. Plain, because it starts again at every boot of a host.
import { createServer } from 'node:http';

createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain');
  response.end('upstream\n');
}).listen(9000, '127.0.0.1', () => console.log('listening'));
