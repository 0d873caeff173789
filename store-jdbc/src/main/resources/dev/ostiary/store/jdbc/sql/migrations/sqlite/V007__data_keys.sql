CREATE TABLE data_keys (
  id TEXT NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- One row at most: the master key as a key management service has sealed it.
CREATE TABLE sealed_master_key (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  sealed BLOB NOT NULL
) STRICT;
