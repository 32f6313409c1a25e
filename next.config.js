/** @type {import('next').NextConfig} */
const config = {
  // Two dashboards of one clone (a test beside a running one) must not share their build.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run check` holds the types; starting the dashboard should not wait for that again.
  typescript: { ignoreBuildErrors: true },
  // Native modules and the SSH client are loaded by Node itself.
  serverExternalPackages: [
    'ssh2',
    'better-sqlite3',
    '@prisma/client',
    '@prisma/adapter-better-sqlite3',
    'pino',
    'prom-client',
    'nodemailer',
  ],
};

export default config;
