-- "OSTY": the file belongs to Ostiary.
PRAGMA application_id = 1330861145;

-- Times are milliseconds since 1970. Hashes are SHA-256.

-- The kind is REGISTERED, by itself, CONFIGURED, by the operator, or DOCUMENT, by its own document.
CREATE TABLE clients (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  secret BLOB,
  registration_token BLOB,
  metadata TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;

CREATE INDEX clients_by_use ON clients (used_at) WHERE kind <> 'CONFIGURED';

-- What clients proved themselves with, until it is refused for its age.
CREATE TABLE used_assertions (
  hash BLOB NOT NULL PRIMARY KEY,
  kept_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX used_assertions_by_kept_until ON used_assertions (kept_until);

CREATE TABLE sign_ins (
  state BLOB NOT NULL PRIMARY KEY,
  binding BLOB NOT NULL,
  client TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  scopes TEXT NOT NULL,
  resource TEXT NOT NULL,
  code_challenge TEXT NOT NULL,
  client_state BLOB,
  upstream TEXT NOT NULL,
  description BLOB NOT NULL,
  approved_before TEXT,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);

CREATE TABLE approvals (
  subject TEXT NOT NULL,
  client TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  resource TEXT NOT NULL,
  scopes TEXT NOT NULL,
  description BLOB NOT NULL,
  approved_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (subject, client, redirect_uri, resource)
) STRICT, WITHOUT ROWID;

CREATE INDEX approvals_by_expiry ON approvals (expires_at);

CREATE TABLE sessions (
  hash BLOB NOT NULL PRIMARY KEY,
  subject TEXT NOT NULL,
  user_name TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- In force: redeemed, not ended, not expired. The newest refresh token has this generation.
-- Unless it ends, a grant rests on its upstream token until rests_until.
CREATE TABLE grants (
  id TEXT NOT NULL PRIMARY KEY,
  client TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  resource TEXT NOT NULL,
  upstream_token TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  client_authentication TEXT NOT NULL,
  redeem_by INTEGER NOT NULL,
  redeemed_at INTEGER,
  generation INTEGER NOT NULL,
  rotated_at INTEGER NOT NULL,
  ended_at INTEGER,
  end_reason TEXT,
  kept_until INTEGER NOT NULL,
  rests_until INTEGER NOT NULL AS (
    CASE WHEN redeemed_at IS NULL THEN min(redeem_by, expires_at) ELSE expires_at END
  ) VIRTUAL
) STRICT, WITHOUT ROWID;

CREATE INDEX grants_by_upstream_token ON grants (upstream_token, rests_until)
  WHERE upstream_token IS NOT NULL AND ended_at IS NULL;
CREATE INDEX grants_by_client ON grants (client, expires_at) WHERE ended_at IS NULL;
CREATE INDEX grants_by_expiry ON grants (expires_at) WHERE ended_at IS NULL;
CREATE INDEX grants_in_force ON grants (subject, client, resource, created_at)
  WHERE redeemed_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX grants_by_kept_until ON grants (kept_until);

CREATE TABLE codes (
  hash BLOB NOT NULL PRIMARY KEY,
  grant_id TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  code_challenge TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  kept_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX codes_by_kept_until ON codes (kept_until);

CREATE TABLE refresh_tokens (
  hash BLOB NOT NULL PRIMARY KEY,
  grant_id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (grant_id);

-- Needed until: it has settled, and the last grant on it has ceased to rest on it.
CREATE TABLE upstream_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  upstream TEXT NOT NULL,
  user_id TEXT NOT NULL,
  scopes TEXT NOT NULL,
  tokens BLOB NOT NULL,
  expires_at INTEGER,
  version INTEGER NOT NULL,
  kept_at INTEGER NOT NULL,
  needed_until INTEGER NOT NULL,
  lease_holder TEXT,
  leased_until INTEGER,
  UNIQUE (upstream, user_id, scopes)
) STRICT;

CREATE INDEX upstream_tokens_by_need ON upstream_tokens (needed_until);

CREATE TABLE signing_keys (
  key_id TEXT NOT NULL PRIMARY KEY,
  algorithm TEXT NOT NULL,
  public_jwk TEXT NOT NULL,
  private_jwk BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  signs_from INTEGER NOT NULL,
  remove_at INTEGER
) STRICT;

-- A grant that ended, or an access token that was revoked by itself, and when it expires.
CREATE TABLE revocations (
  epoch INTEGER NOT NULL PRIMARY KEY,
  grant_id TEXT,
  jti TEXT,
  expires_at INTEGER,
  kept_until INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX revocations_by_jti ON revocations (jti) WHERE jti IS NOT NULL;
CREATE INDEX revocations_by_kept_until ON revocations (kept_until);

-- One row: the latest epoch there has been, also when its entry is forgotten.
CREATE TABLE revocation_epoch (epoch INTEGER NOT NULL) STRICT;

INSERT INTO revocation_epoch (epoch) VALUES (0);
