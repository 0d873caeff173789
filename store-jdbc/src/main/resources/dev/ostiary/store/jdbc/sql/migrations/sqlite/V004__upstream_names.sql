CREATE TABLE upstream_names (
  upstream TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  kept_at INTEGER NOT NULL,
  PRIMARY KEY (upstream, kind, name)
) STRICT, WITHOUT ROWID;
