/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Native modules and the SSH client are loaded by Node itself.
  serverExternalPackages: ['ssh2', 'better-sqlite3', '@prisma/client', '@prisma/adapter-better-sqlite3', 'pino'],
};

export default config;
