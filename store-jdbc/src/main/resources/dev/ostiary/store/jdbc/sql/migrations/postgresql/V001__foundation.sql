-- Times are milliseconds since 1970. Hashes are SHA-256. Text is compared byte by byte.

-- The kind is REGISTERED, by itself, CONFIGURED, by the operator, or DOCUMENT, by its own document.
CREATE TABLE clients (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  secret BYTEA,
  registration_token BYTEA,
  metadata TEXT NOT NULL,
  registered_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);

CREATE INDEX clients_by_use ON clients (used_at) WHERE kind <> 'CONFIGURED';

-- What clients proved themselves with, until it is refused for its age.
CREATE TABLE used_assertions (
  hash BYTEA NOT NULL PRIMARY KEY,
  kept_until BIGINT NOT NULL
);

CREATE INDEX used_assertions_by_kept_until ON used_assertions (kept_until);

CREATE TABLE sign_ins (
  state BYTEA NOT NULL PRIMARY KEY,
  binding BYTEA NOT NULL,
  client TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  scopes TEXT NOT NULL,
  resource TEXT NOT NULL,
  code_challenge TEXT NOT NULL,
  client_state BYTEA,
  upstream TEXT NOT NULL,
  description BYTEA NOT NULL,
  approved_before TEXT,
  expires_at BIGINT NOT NULL
);

CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);

CREATE TABLE approvals (
  subject TEXT COLLATE "C" NOT NULL,
  client TEXT COLLATE "C" NOT NULL,
  redirect_uri TEXT COLLATE "C" NOT NULL,
  resource TEXT COLLATE "C" NOT NULL,
  scopes TEXT NOT NULL,
  description BYTEA NOT NULL,
  approved_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (subject, client, redirect_uri, resource)
);

CREATE INDEX approvals_by_expiry ON approvals (expires_at);

CREATE TABLE sessions (
  hash BYTEA NOT NULL PRIMARY KEY,
  subject TEXT NOT NULL,
  user_name TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- In force: redeemed, not ended, not expired. The newest refresh token has this generation. One
-- that ends no other way is kept until its refresh token and its last access token have expired.
-- Unless it ends, a grant rests on its upstream token until rests_until.
CREATE TABLE grants (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  client TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  user_name TEXT COLLATE "C" NOT NULL,
  scopes TEXT NOT NULL,
  resource TEXT COLLATE "C" NOT NULL,
  upstream_token TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  client_authentication TEXT NOT NULL,
  redeem_by BIGINT NOT NULL,
  redeemed_at BIGINT,
  generation BIGINT NOT NULL,
  rotated_at BIGINT NOT NULL,
  ended_at BIGINT,
  end_reason TEXT,
  kept_until BIGINT NOT NULL,
  rests_until BIGINT NOT NULL GENERATED ALWAYS AS (
    CASE WHEN redeemed_at IS NULL THEN least(redeem_by, expires_at) ELSE least(kept_until, expires_at) END
  ) STORED
);

CREATE INDEX grants_by_upstream_token ON grants (upstream_token, rests_until)
  WHERE upstream_token IS NOT NULL AND ended_at IS NULL;
CREATE INDEX grants_by_client ON grants (client, expires_at, id) WHERE ended_at IS NULL;
CREATE INDEX grants_by_expiry ON grants (expires_at, id) WHERE ended_at IS NULL;
CREATE INDEX grants_by_subject ON grants (subject, expires_at, id) WHERE ended_at IS NULL;
CREATE INDEX grants_by_user_name ON grants (user_name, expires_at, id) WHERE ended_at IS NULL;
CREATE INDEX grants_in_force ON grants (subject, client, resource, created_at)
  WHERE redeemed_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX grants_by_kept_until ON grants (kept_until, id);

CREATE TABLE codes (
  hash BYTEA NOT NULL PRIMARY KEY,
  grant_id TEXT COLLATE "C" NOT NULL,
  redirect_uri TEXT NOT NULL,
  code_challenge TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  kept_until BIGINT NOT NULL
);

CREATE INDEX codes_by_kept_until ON codes (kept_until);

CREATE TABLE refresh_tokens (
  hash BYTEA NOT NULL PRIMARY KEY,
  grant_id TEXT COLLATE "C" NOT NULL,
  generation BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (grant_id);

-- Needed until: it has settled, and the last grant on it has ceased to rest on it.
CREATE TABLE upstream_tokens (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  upstream TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  scopes TEXT COLLATE "C" NOT NULL,
  tokens BYTEA NOT NULL,
  expires_at BIGINT,
  version BIGINT NOT NULL,
  kept_at BIGINT NOT NULL,
  confirmed_at BIGINT NOT NULL,
  needed_until BIGINT NOT NULL,
  lease_holder TEXT,
  leased_until BIGINT,
  UNIQUE (upstream, user_id, scopes)
);

CREATE INDEX upstream_tokens_by_need ON upstream_tokens (needed_until);

CREATE TABLE upstream_names (
  upstream TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  id TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (upstream, kind, name)
);

CREATE TABLE backend_eras (
  backend TEXT COLLATE "C" NOT NULL,
  era TEXT COLLATE "C" NOT NULL,
  spoken INTEGER NOT NULL,
  found_at BIGINT NOT NULL,
  kept_until BIGINT NOT NULL,
  PRIMARY KEY (backend, era)
);

CREATE INDEX backend_eras_by_end ON backend_eras (kept_until);

CREATE TABLE signing_keys (
  key_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  algorithm TEXT NOT NULL,
  public_jwk TEXT NOT NULL,
  private_jwk BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  signs_from BIGINT NOT NULL,
  remove_at BIGINT
);

CREATE TABLE data_keys (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  sealed BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);

-- One row at most: the master key as a key management service has sealed it.
CREATE TABLE sealed_master_key (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  sealed BYTEA NOT NULL
);

-- A grant that ended, or an access token that was revoked by itself, and when it expires.
CREATE TABLE revocations (
  epoch BIGINT NOT NULL PRIMARY KEY,
  grant_id TEXT COLLATE "C",
  jti TEXT COLLATE "C",
  expires_at BIGINT,
  kept_until BIGINT NOT NULL
);

CREATE UNIQUE INDEX revocations_by_jti ON revocations (jti) WHERE jti IS NOT NULL;
CREATE INDEX revocations_by_kept_until ON revocations (kept_until);

-- One row: the latest epoch there has been, also when its entry is forgotten.
CREATE TABLE revocation_epoch (
  single INTEGER NOT NULL DEFAULT 1 PRIMARY KEY CHECK (single = 1),
  epoch BIGINT NOT NULL
);

INSERT INTO revocation_epoch (epoch) VALUES (0);

-- One row at most: how late it was when old records were last deleted.
CREATE TABLE clock (
  single INTEGER NOT NULL DEFAULT 1 PRIMARY KEY CHECK (single = 1),
  seen_at BIGINT NOT NULL
);
