-- A grant is kept until it ends, or until its refresh token has expired and its last access token.
DROP INDEX grants_by_upstream_token;
ALTER TABLE grants DROP COLUMN rests_until;
ALTER TABLE grants ADD COLUMN rests_until INTEGER NOT NULL AS (
  CASE WHEN redeemed_at IS NULL THEN min(redeem_by, expires_at) ELSE min(kept_until, expires_at) END
) VIRTUAL;
CREATE INDEX grants_by_upstream_token ON grants (upstream_token, rests_until)
  WHERE upstream_token IS NOT NULL AND ended_at IS NULL;
UPDATE grants
SET kept_until = max(redeemed_at + 86400000, min(expires_at, 172800000 + coalesce((
  SELECT max(refresh_tokens.expires_at) FROM refresh_tokens WHERE grant_id = grants.id), 0)))
WHERE redeemed_at IS NOT NULL AND ended_at IS NULL;
