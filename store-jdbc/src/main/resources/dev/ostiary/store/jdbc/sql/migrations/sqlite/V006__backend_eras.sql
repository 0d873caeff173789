CREATE TABLE backend_eras (
  backend TEXT NOT NULL,
  era TEXT NOT NULL,
  spoken INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  kept_until INTEGER NOT NULL,
  PRIMARY KEY (backend, era)
) STRICT, WITHOUT ROWID;
CREATE INDEX backend_eras_by_end ON backend_eras (kept_until);
