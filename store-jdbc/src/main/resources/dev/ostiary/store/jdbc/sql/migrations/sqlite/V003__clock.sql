-- One row at most: how late it was when old records were last deleted.
CREATE TABLE clock (seen_at INTEGER NOT NULL) STRICT;

INSERT INTO clock (seen_at)
  SELECT latest FROM (
    SELECT max(at) AS latest FROM (
      SELECT max(created_at) AS at FROM grants
      UNION ALL SELECT max(rotated_at) FROM grants
      UNION ALL SELECT max(used_at) FROM clients))
  WHERE latest IS NOT NULL;
