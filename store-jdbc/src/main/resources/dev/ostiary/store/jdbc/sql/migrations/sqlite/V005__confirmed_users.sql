ALTER TABLE upstream_tokens ADD COLUMN confirmed_at INTEGER NOT NULL DEFAULT 0;
UPDATE upstream_tokens SET confirmed_at = kept_at;
