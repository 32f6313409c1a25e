-- CreateTable
CREATE TABLE "Issuer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "teamId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "directoryUrl" TEXT NOT NULL,
    "email" TEXT NOT NULL DEFAULT '',
    "caPem" TEXT,
    "termsUrl" TEXT NOT NULL DEFAULT '',
    "termsAcceptedById" TEXT,
    "termsAcceptedAt" DATETIME NOT NULL,
    "eabKid" TEXT,
    "eabKeyId" TEXT,
    "accountKeyId" TEXT NOT NULL,
    "accountUrl" TEXT,
    "profile" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Issuer_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Issuer_accountKeyId_fkey" FOREIGN KEY ("accountKeyId") REFERENCES "Secret" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Issuer_eabKeyId_fkey" FOREIGN KEY ("eabKeyId") REFERENCES "Secret" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Certificate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "teamId" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "issuerName" TEXT NOT NULL,
    "issuerId" TEXT,
    "hostnames" JSONB NOT NULL,
    "keyType" TEXT NOT NULL,
    "profile" TEXT,
    "stage" TEXT NOT NULL DEFAULT 'idle',
    "nextAt" DATETIME,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" JSONB,
    "problemAt" DATETIME,
    "generation" TEXT,
    "chain" TEXT,
    "serial" TEXT,
    "notBefore" DATETIME,
    "notAfter" DATETIME,
    "issuedAt" DATETIME,
    "servedAt" DATETIME,
    "renewAt" DATETIME,
    "suggested" JSONB,
    "revokedAt" DATETIME,
    "nextGeneration" TEXT,
    "csr" TEXT,
    "orderUrl" TEXT,
    "orderedAt" DATETIME,
    "answered" JSONB,
    "nextChain" TEXT,
    "switchId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Certificate_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Certificate_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Certificate_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Certificate_issuerId_fkey" FOREIGN KEY ("issuerId") REFERENCES "Issuer" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Issuer_teamId_name_key" ON "Issuer"("teamId", "name");

-- CreateIndex
CREATE INDEX "Certificate_nextAt_idx" ON "Certificate"("nextAt");

-- CreateIndex
CREATE INDEX "Certificate_teamId_siteId_idx" ON "Certificate"("teamId", "siteId");

-- CreateIndex
CREATE INDEX "Certificate_issuerId_idx" ON "Certificate"("issuerId");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_targetId_name_key" ON "Certificate"("targetId", "name");
